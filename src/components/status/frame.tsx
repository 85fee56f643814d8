import type { ComponentChildren } from 'preact';
import type { Messages } from '../../i18n/messages.ts';
import type { PublicPage } from '../../model/snapshot.ts';

interface Props {
  readonly page: PublicPage;
  readonly messages: Messages;
  readonly current: 'status' | 'history' | null;
  readonly children: ComponentChildren;
}

/** What stands around every public page. */
export function Frame({ page, messages, current, children }: Props) {
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
          <a href="/" aria-current={current === 'status' ? 'page' : undefined}>
            {messages.statusPage}
          </a>
          <a href="/history/" aria-current={current === 'history' ? 'page' : undefined}>
            {messages.history}
          </a>
        </nav>
      </header>
      <main id="main">{children}</main>
      <footer class="quiet">
        <p>{messages.runsOn}</p>
        <p>
          <a href="/log/public.jsonl">{messages.publicLog}</a>{' '}
          <a href="/api/lifeboat/v1/snapshot.json">{messages.signedCopy}</a>
        </p>
      </footer>
    </div>
  );
}
