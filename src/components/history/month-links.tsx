import { monthTitle } from '../../i18n/calendar.ts';
import type { HistoryMessages } from '../../i18n/history-messages.ts';

interface Props {
  readonly older: string | null;
  readonly newer: string | null;
  readonly words: HistoryMessages;
}

/** To the months beside this one that have entries. */
export function MonthLinks({ older, newer, words }: Props) {
  if (older === null && newer === null) return null;
  return (
    <nav class="months" aria-label={words.months}>
      {older === null ? null : (
        <a rel="prev" href={`/history/${older}/`}>
          {words.older(monthTitle(older, words.locale))}
        </a>
      )}
      {newer === null ? null : (
        <a rel="next" href={`/history/${newer}/`}>
          {words.newer(monthTitle(newer, words.locale))}
        </a>
      )}
    </nav>
  );
}
