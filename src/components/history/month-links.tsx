import type { HistoryMessages } from '../../i18n/history-messages.ts';
import type { Messages } from '../../i18n/messages.ts';
import { monthText } from '../../i18n/time.ts';

interface Props {
  readonly older: string | null;
  readonly newer: string | null;
  readonly messages: Messages;
  readonly words: HistoryMessages;
}

/** To the months beside this one that have entries. */
export function MonthLinks({ older, newer, messages, words }: Props) {
  if (older === null && newer === null) return null;
  return (
    <nav class="months" aria-label={words.months}>
      {older === null ? null : (
        <a rel="prev" href={`/history/${older}/`}>
          {words.older(monthText(older, messages))}
        </a>
      )}
      {newer === null ? null : (
        <a rel="next" href={`/history/${newer}/`}>
          {words.newer(monthText(newer, messages))}
        </a>
      )}
    </nav>
  );
}
