import { DESCRIPTIONS } from '../../i18n/descriptions.ts';
import type { Messages } from '../../i18n/messages.ts';
import { monthText } from '../../i18n/time.ts';
import { nameIn, textIn } from '../../i18n/translated.ts';
import type { PublicRecord } from '../../model/public-record.ts';
import type { Renderer, View } from '../../model/view.ts';

const LONGEST = 160;

/** For Node alone: what stands in a page's head for search engines. */
export function headOf(view: View, messages: Messages): ReturnType<Renderer['headOf']> {
  const { language } = messages;
  const { name, language: pageLanguage } = 'known' in view ? view.known.page : view.page;
  const about = DESCRIPTIONS[language];
  const ofRecord = (record: PublicRecord) => ({ description: said(record), path: `/incidents/${record.code}/` });
  switch (view.type) {
    case 'status':
    case 'embed':
      return { description: about.status(name), path: '/' };
    case 'incident':
      return ofRecord(view.incident);
    case 'maintenance':
      return ofRecord(view.maintenance);
    case 'history':
      if (view.month === null) return { description: null, path: '/history/' };
      return { description: about.history(name, monthText(view.month, messages)), path: `/history/${view.month}/` };
    case 'subscribe':
      return { description: about.subscribe(name), path: '/subscribe/' };
    case 'verify':
      return { description: about.verify(name), path: '/verify/' };
    default:
      return { description: null, path: null };
  }

  /** The latest words that still stand. */
  function said(record: PublicRecord): string {
    const title = nameIn(language, record, pageLanguage).text;
    const latest =
      record.retracted === undefined ? record.updates.find((one) => one.retracted === undefined) : undefined;
    const text = latest === undefined ? title : `${title}: ${textIn(language, latest, pageLanguage).text}`;
    const line = text.replace(/\s+/g, ' ');
    return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).toWellFormed()}…` : line;
  }
}
