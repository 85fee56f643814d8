import { useStore } from '@nanostores/preact';
import { $mode } from '../../stores/health.ts';
import { $messages } from '../../stores/language.ts';
import { $link } from '../../stores/link.ts';
import { $session, lock } from '../../stores/session.ts';
import { $site } from '../../stores/site.ts';
import { When } from './when.tsx';

/** Whose bridge this is, its mode, and how this device is connected: in words, on every screen. */
export function Header() {
  const words = useStore($messages);
  const site = useStore($site);
  const mode = useStore($mode);
  const session = useStore($session);
  return (
    <header class="frame">
      <h1>
        {site?.page?.name ?? 'Lifeboat'} <span class="quiet">{words.title}</span>
      </h1>
      <div class="frame-state">
        <span class="badge mode" role="status">
          {words.mode[mode]}
        </span>
        <LinkLine />
      </div>
      {session.type === 'open' && (
        <button type="button" class="lock" onClick={() => lock(null)}>
          {words.unlock.lock}
        </button>
      )}
    </header>
  );
}

function LinkLine() {
  const words = useStore($messages).link;
  const link = useStore($link);
  return (
    <p class="link-line">
      <span class="link-mark" aria-hidden="true" />
      {link.all === 0 ? words.none : words.reached(link.open, link.all)}
      {link.open < link.all && (
        <>
          {', '}
          {link.heardAt === null ? words.never : <HeardAt at={link.heardAt} template={words.heard} />}
        </>
      )}
      {link.state === 'offline' && <span class="link-copy">{words.offline}</span>}
    </p>
  );
}

/** Puts the time element where the sentence has its time, so that each language keeps its own order of words. */
function HeardAt({ at, template }: { readonly at: number; readonly template: (time: string) => string }) {
  const [before, after] = template('\u0000').split('\u0000');
  return (
    <>
      {before}
      <When at={at} />
      {after}
    </>
  );
}
