import type { HistoryMessages } from '../../i18n/history-messages.ts';
import type { Messages } from '../../i18n/messages.ts';
import { monthText } from '../../i18n/time.ts';

interface Props {
  readonly older: string | null;
  readonly newer: string | null;
  readonly messages: Messages;
  readonly words: HistoryMessages;
  /** Below the list: the landmark stands above it. */
  readonly again?: boolean;
}

/** To the months beside this one that have entries. */
export function MonthLinks({ older, newer, messages, words, again }: Props) {
  if (older === null && newer === null) return null;
  const links = (
    <>
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
    </>
  );
  if (again) return <div class="months">{links}</div>;
  return (
    <nav class="months" aria-label={words.months}>
      {links}
    </nav>
  );
}
