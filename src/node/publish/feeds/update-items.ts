import type { IsoTime } from '../../../model/clock.ts';
import { bodyOf, publicEvents } from '../../../model/public-event.ts';
import { isMaintenance, type PublicRecord, type RecordUpdate, recordsOf } from '../../../model/public-record.ts';
import type { PageFacts } from '../page-facts.ts';
import { minuteText } from '../printed-time.ts';
import type { Published } from '../published.ts';
import { type Words, wordsOf } from '../words.ts';

/** One thing that people signed: an update, the correction of one, or that something was taken back. */
export interface UpdateItem {
  /** Id of the signed event. */
  readonly id: string;
  /** Of the incident or maintenance. */
  readonly code: string;
  readonly title: string;
  readonly text: string;
  /** BCP 47, where the author gave it. */
  readonly lang: string | null;
  readonly link: string;
  /** When it was written; of what was dated back too, or no reader would ever come upon it. */
  readonly at: IsoTime;
}

const ITEMS_MAX = 100;

/** The 100 newest, newest first. */
export function updateItems(facts: PageFacts, published: Published): readonly UpdateItem[] {
  const words = wordsOf(facts.language);
  const all = recordsOf(published.folded.said);
  const items = [...all.flatMap((told) => itemsOf(facts, words, told)), ...retractions(facts, words, all, published)];
  return items.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? -1 : 1)).slice(0, ITEMS_MAX);
}

function itemsOf(facts: PageFacts, words: Words, told: PublicRecord): readonly UpdateItem[] {
  const updates: readonly RecordUpdate[] = told.updates;
  // When it is planned is what its newest word says; what an earlier one said may have been moved since.
  const newest = updates.find(({ retracted }) => retracted === undefined);
  const plan = isMaintenance(told)
    ? `\n\n${words.planned(minuteText(told.scheduled_for, facts.zone), minuteText(told.scheduled_until, facts.zone))}`
    : '';
  return updates.flatMap((update) => {
    const retraction = told.retracted ?? update.retracted;
    const planned = update === newest ? plan : '';
    const taken = retraction === undefined ? '' : `${words.retracted(retraction.reason)}\n\n`;
    const versions = [{ ...update, at: update.written_at ?? update.at }, ...(update.corrected ?? [])];
    return versions.map(({ id, text, at }, index): UpdateItem => {
      const label = index === versions.length - 1 ? words.update[update.status] : words.correction;
      const old = index === 0 ? '' : `\n\n${words.corrected}`;
      return {
        id,
        code: told.code,
        title: `${told.name}: ${label}`,
        text: `${taken}${text}${planned}${old}`,
        lang: update.lang,
        link: linkOf(facts, told),
        at,
      };
    });
  });
}

function retractions(
  facts: PageFacts,
  words: Words,
  all: readonly PublicRecord[],
  { events, roster }: Published,
): readonly UpdateItem[] {
  const byCode = new Map(all.map((told) => [told.code, told]));
  return [...publicEvents(events, roster).values()].flatMap((event): readonly UpdateItem[] => {
    const body = bodyOf.incidentRetract(event);
    const told = byCode.get(body?.incident ?? '');
    if (body === undefined || told === undefined) return [];
    const updates: readonly RecordUpdate[] = told.updates;
    const taken = updates.find(({ id, corrected = [] }) =>
      [id, ...corrected.map((one) => one.id)].includes(body.update ?? ''),
    );
    const quoted = taken === undefined ? '' : `\n\n“${taken.text}”`;
    return [
      {
        id: event.id,
        code: told.code,
        title: `${told.name}: ${words.retraction}`,
        text: `${words.retracted(body.reason)}${quoted}`,
        lang: null,
        link: linkOf(facts, told),
        at: event.content.at,
      },
    ];
  });
}

function linkOf({ url }: PageFacts, { code }: PublicRecord): string {
  return `${url}/incidents/${code}/`;
}
