import type { Messages } from '../../i18n/messages.ts';
import { monthText } from '../../i18n/time.ts';
import { nameIn } from '../../i18n/translated.ts';
import type { PublicPage } from '../../model/snapshot.ts';
import type { View } from '../../model/view.ts';

/** The document's title: the answer first, so that a tab says it. */
export function titleOf(view: View, messages: Messages): string {
  return `${firstWords(view, messages)} · ${pageOf(view).name}`;
}

function firstWords(view: View, messages: Messages): string {
  switch (view.type) {
    case 'status':
    case 'embed':
      return messages.headline[view.known.headline.status];
    case 'incident':
      return nameIn(messages.language, view.incident, view.known.page.language).text;
    case 'maintenance':
      return nameIn(messages.language, view.maintenance, view.known.page.language).text;
    case 'history':
      return view.month === null ? messages.history : monthText(view.month, messages);
    case 'absent':
      return messages.headline.unknown;
    default:
      return messages[view.type];
  }
}

/** The language (BCP 47) that a view is drawn in: its reader's, else the operator's. */
export function languageOf(view: View): string {
  return ('known' in view ? view.known.reader.language : undefined) ?? pageOf(view).language;
}

function pageOf(view: View): PublicPage {
  return 'known' in view ? view.known.page : view.page;
}
