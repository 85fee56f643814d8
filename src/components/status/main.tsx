import { messagesFor } from '../../i18n/choose.ts';
import type { Messages } from '../../i18n/messages.ts';
import type { PublicPage } from '../../model/snapshot.ts';
import type { View } from '../../model/view.ts';
import { HistoryPage } from './history-page.tsx';
import { IncidentPage } from './incident-page.tsx';
import { NoticePage } from './notice-page.tsx';
import { StatusPage } from './status-page.tsx';

/** Any public page: exactly one root element, whatever the view. */
export function Main({ view }: { readonly view: View }) {
  const messages = messagesFor(pageOf(view).language);
  switch (view.type) {
    case 'status':
      return <StatusPage view={view} messages={messages} />;
    case 'incident':
    case 'absent':
      return <IncidentPage view={view} messages={messages} />;
    case 'history':
      return <HistoryPage view={view} messages={messages} />;
    default:
      return <NoticePage view={view} messages={messages} />;
  }
}

/** The document's title: the answer first, so that a tab says it. */
export function titleOf(view: View): string {
  const page = pageOf(view);
  const messages = messagesFor(page.language);
  return `${firstWords(view, messages)} · ${page.name}`;
}

function firstWords(view: View, messages: Messages): string {
  switch (view.type) {
    case 'status':
      return messages.headline[view.known.headline.status];
    case 'incident':
      return view.incident.name;
    case 'absent':
      return messages.missing;
    default:
      return messages[view.type];
  }
}

function pageOf(view: View): PublicPage {
  return 'known' in view ? view.known.page : view.page;
}
