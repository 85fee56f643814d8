import { daysTitle, dayTitle } from '../../i18n/calendar.ts';
import type { HistoryMessages } from '../../i18n/history-messages.ts';
import type { Messages } from '../../i18n/messages.ts';
import type { Stretch } from '../../model/history-days.ts';
import type { PublicComponent } from '../../model/snapshot.ts';
import type { Known, LaterWords } from '../../model/view.ts';
import { EntryCard } from './entry-card.tsx';

interface Props {
  readonly stretch: Stretch;
  readonly known: Known;
  readonly components: readonly PublicComponent[];
  readonly later: LaterWords;
  readonly messages: Messages;
  readonly words: HistoryMessages;
}

/** A day with what began on it; or days of which only that can be said that nothing did, or that nothing is known here. */
export function StretchSection({ stretch, words, later, ...rest }: Props) {
  if (stretch.type === 'day') {
    return (
      <section class="date" data-day={stretch.day}>
        <h2>
          <time datetime={stretch.day}>{dayTitle(stretch.day, words.locale)}</time>
        </h2>
        {stretch.entries.map((entry) => (
          <EntryCard key={entry.code} entry={entry} later={later[entry.code]} words={words} {...rest} />
        ))}
      </section>
    );
  }
  return (
    <p class="date none" data-days={stretch.type}>
      <b>{daysTitle(stretch.from, stretch.until, words.locale)}</b>{' '}
      {stretch.type === 'quiet' ? words.nothingReported : words.unheld}
    </p>
  );
}
