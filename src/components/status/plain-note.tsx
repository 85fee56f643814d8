import type { Messages } from '../../i18n/messages.ts';
import { absoluteTime } from '../../i18n/time.ts';
import type { Known } from '../../model/view.ts';
import { doubtWords } from './doubt-words.ts';

/** Until when plain HTML may be relied on: only a script makes it decay. */
export function PlainNote({ known, messages }: { readonly known: Known; readonly messages: Messages }) {
  const until = absoluteTime(known.valid_until, messages, known.reader.timeZone);
  return <p>{doubtWords(messages.language).plain(until)}</p>;
}
