import { lengthText } from '../../i18n/calendar.ts';
import type { HistoryMessages } from '../../i18n/history-messages.ts';
import type { Messages } from '../../i18n/messages.ts';
import type { Spoken } from '../../i18n/translated.ts';
import { componentName } from '../../model/component-name.ts';
import type { HistoryEntry } from '../../model/history.ts';
import type { Language } from '../../model/language.ts';
import type { PublicComponent } from '../../model/snapshot.ts';
import type { Known, LaterWords } from '../../model/view.ts';
import { RetractedMark } from '../status/retracted-mark.tsx';
import { Said } from '../status/said.tsx';
import { UpdateList } from '../status/update-list.tsx';
import { LaterNote } from './later-note.tsx';

interface Props {
  readonly entry: HistoryEntry;
  readonly later: LaterWords[string] | undefined;
  readonly known: Known;
  readonly components: readonly PublicComponent[];
  readonly messages: Messages;
  readonly words: HistoryMessages;
}

/** One incident or maintenance in a day's list, with what was said last: most readers never open its page. */
export function EntryCard({ entry, later, known, components, messages, words }: Props) {
  const { code, kind, impact, status, update, retracted } = entry;
  const name = nameOf(entry, messages.language, known.page.language);
  const said = { ...messages.incident, ...messages.maintenance };
  const hasEnded = later === 'ended';
  const affected = entry.components.map((id) => componentName(components, id));
  const facts = [
    words[kind],
    // Two people said different things at once: the more cautious word stands, whoever wrote last.
    ...(update?.status === status || hasEnded ? [] : [said[status]]),
    ...(kind === 'incident' ? [messages.impact[impact]] : []),
    ...(hasEnded ? [] : spanText(entry, words)),
    ...(affected.length === 0 ? [] : [`${messages.affected}: ${affected.join(', ')}`]),
  ];
  return (
    <section
      class="incident"
      data-status={hasEnded ? 'unknown' : status}
      data-entry={code}
      data-retracted={retracted && 'true'}
    >
      <h3>
        <a href={`/incidents/${code}/`}>
          <Said {...name} struck={retracted !== undefined} />
        </a>
      </h3>
      <p class="facts quiet">{facts.join(' · ')}</p>
      {later === undefined ? null : <LaterNote later={later} words={words} />}
      {retracted === undefined ? null : <RetractedMark retracted={retracted} known={known} messages={messages} />}
      {update === null ? null : <UpdateList code={code} updates={[update]} known={known} messages={messages} />}
    </section>
  );
}

/** In the reader's language where its author gave it one. */
function nameOf({ name, names, update }: HistoryEntry, language: Language, pageLanguage: string): Spoken {
  const translated = names?.[language];
  return translated === undefined
    ? { text: name, lang: update?.lang ?? pageLanguage }
    : { text: translated, lang: language };
}

/** How long it lasted, or that it is not over; of what was planned only the own file knows when work began. */
function spanText(entry: HistoryEntry, words: HistoryMessages): readonly string[] {
  const { kind, status, started_at, ended_at, retracted } = entry;
  if (retracted !== undefined) return [];
  if (ended_at === null) return [status === 'scheduled' ? words.ahead : words.open];
  if (kind === 'maintenance') return [];
  return [words.lasted(lengthText(started_at, ended_at, words.locale) ?? words.shorterThanAMinute)];
}
