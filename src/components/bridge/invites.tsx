import { useStore } from '@nanostores/preact';
import { useEffect, useRef } from 'preact/hooks';
import { READING_ROLES, type Role } from '../../model/roles.ts';
import { $inviteForm, $inviteWanted, chooseRole, clearInvite, editInvite } from '../../stores/invite-form.ts';
import { $invites, invite } from '../../stores/inviting.ts';
import { $messages } from '../../stores/language.ts';
import { $members } from '../../stores/members.ts';
import { Choice } from './choice.tsx';
import { InviteCard } from './invite-card.tsx';
import { Task } from './task.tsx';

const USES = ['1', '3', '10'] as const;

/** Making invites, and those that are open. */
export function Invites() {
  const words = useStore($messages).people;
  const { member, roles, maxUses } = useStore($inviteForm);
  const wanted = useStore($inviteWanted);
  const members = useStore($members).filter(({ reads }) => reads);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (wanted > 0) heading.current?.focus();
  }, [wanted]);
  const make = async () => {
    await invite({ member, roles, maxUses });
    clearInvite();
  };
  return (
    <section class="card" aria-labelledby="invites">
      <h2 id="invites" tabIndex={-1} ref={heading}>
        {words.invite.title}
      </h2>
      <Choice
        id="invite-member"
        label={words.invite.who}
        value={member ?? ''}
        options={[
          ['', words.invite.newPerson],
          ...members.map(({ id, name }) => [id, name ?? words.unnamed(id.slice(0, 6))] as const),
        ]}
        onChoose={(id) => editInvite({ member: id === '' ? null : id })}
      />
      <fieldset>
        <legend>{words.invite.roles}</legend>
        {READING_ROLES.map((role) => (
          <RoleBox key={role} role={role} chosen={roles} />
        ))}
      </fieldset>
      <Choice
        id="invite-uses"
        label={words.invite.uses}
        value={USES.find((uses) => Number(uses) === maxUses) ?? '1'}
        options={USES.map((uses) => [uses, uses] as const)}
        onChoose={(uses) => editInvite({ maxUses: Number(uses) })}
      />
      <Task label={words.invite.make} look="primary" disabled={roles.length === 0} work={make} />
      <p role="status" class="quiet">
        {roles.length === 0 ? words.invite.noRole : words.invite.secret}
      </p>
      {useStore($invites).map((one) => (
        <InviteCard key={one.publicKey} invite={one} />
      ))}
    </section>
  );
}

function RoleBox({ role, chosen }: { readonly role: Role; readonly chosen: readonly Role[] }) {
  const words = useStore($messages).people;
  return (
    <label class="check">
      <input
        type="checkbox"
        name={`role-${role}`}
        checked={chosen.includes(role)}
        onChange={(event) => chooseRole(role, event.currentTarget.checked)}
      />
      <span>
        {words.role[role]} <span class="quiet">{words.roleHint[role]}</span>
      </span>
    </label>
  );
}
