import type { HistoryMessages } from '../../i18n/history-messages.ts';
import type { LaterWords } from '../../model/view.ts';

interface Props {
  readonly later: LaterWords[string];
  readonly words: HistoryMessages;
}

/** What a copy newer than the rest of an entry says of it. */
export function LaterNote({ later, words }: Props) {
  return (
    <p class="later" data-later={later}>
      {words.later[later]}
    </p>
  );
}
