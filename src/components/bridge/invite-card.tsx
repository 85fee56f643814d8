import { useStore } from '@nanostores/preact';
import { closeInvite, INVITE_HOURS, type InviteView } from '../../stores/inviting.ts';
import { $messages } from '../../stores/language.ts';
import { $names } from '../../stores/room.ts';
import { Copy } from './copy.tsx';
import { focusOn } from './focus-on.ts';
import { isolated } from './isolated.ts';
import { QrCode } from './qr-code.tsx';
import { Task } from './task.tsx';

/** One invite of this device: for whom, how long, and the link in three shapes (to copy, to share, to scan). */
export function InviteCard({ invite }: { readonly invite: InviteView }) {
  const words = useStore($messages).people;
  const { link, publicKey, left, hours, member, roles } = invite;
  const name = useStore($names).get(member ?? '');
  const isOpen = left > 0 && hours > 0;
  const text = words.invite.shareText;
  return (
    <article class="invite" data-invite={publicKey}>
      <h3>{name === undefined ? words.invite.made : words.invite.madeFor(isolated(name))}</h3>
      <p class="quiet">
        {words.newcomer.asRoles(roles.map((role) => words.role[role]).join(', '))}.{' '}
        {isOpen
          ? words.invite.open(left, Math.min(hours, INVITE_HOURS))
          : left === 0
            ? words.invite.used
            : words.invite.old}
      </p>
      {isOpen && (
        <>
          <label for={`link-${publicKey}`}>{words.invite.link}</label>
          <input
            id={`link-${publicKey}`}
            class="link"
            readOnly
            value={link}
            onFocus={(event) => event.currentTarget.select()}
          />
          <div class="row">
            <Copy text={link} label={words.invite.copy} />
            {'share' in navigator && (
              <button type="button" onClick={() => void navigator.share({ text, url: link }).catch(() => {})}>
                {words.invite.share}
              </button>
            )}
          </div>
          <details>
            <summary>{words.invite.code}</summary>
            <QrCode text={link} label={words.invite.codeLabel} />
          </details>
        </>
      )}
      <Task label={words.invite.forget} work={() => closeInvite(publicKey).then(() => focusOn('invites'))} />
    </article>
  );
}
