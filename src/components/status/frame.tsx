import type { ComponentChildren } from 'preact';
import type { Messages } from '../../i18n/messages.ts';
import { API } from '../../model/api.ts';
import type { PublicPage } from '../../model/snapshot.ts';
import { LanguageChoice } from './language-choice.tsx';

interface Props {
  readonly page: PublicPage;
  readonly messages: Messages;
  readonly current: 'status' | 'history' | 'subscribe' | 'verify' | null;
  /** More follows below in a moment, so nothing may stand there yet. */
  readonly goesOn?: boolean;
  readonly children: ComponentChildren;
}

/** What stands around every public page. */
export function Frame({ page, messages, current, goesOn, children }: Props) {
  const link = (href: string, name: Props['current'], text: string) => (
    <a href={href} aria-current={current === name ? 'page' : undefined}>
      {text}
    </a>
  );
  return (
    <div class="page">
      <a class="skip" href="#main">
        {messages.skip}
      </a>
      <header>
        <a class="brand" href="/">
          {page.name}
        </a>
        <nav aria-label={messages.navigation}>
          {link('/', 'status', messages.statusPage)}
          {link('/history/', 'history', messages.history)}
          {link('/subscribe/', 'subscribe', messages.subscribe)}
        </nav>
      </header>
      <main id="main">{children}</main>
      {goesOn ? null : (
        <footer class="quiet">
          <p>{messages.runsOn}</p>
          <p>
            {link('/verify/', 'verify', messages.verify)} <a href="/log/public.jsonl">{messages.publicLog}</a>{' '}
            <a href={`/${API}/snapshot.json`}>{messages.signedCopy}</a>
          </p>
          <LanguageChoice messages={messages} />
        </footer>
      )}
    </div>
  );
}
