import type { PublicFold } from '../../model/incidents.ts';
import { isMaintenance, type PublicRecord, type RecordUpdate, recordsOf } from '../../model/public-record.ts';
import type { Retraction } from '../../model/snapshot.ts';
import type { Entry } from './entry.ts';
import { textField } from './public-entries.ts';

/** What became of each public update, by the id of its event: of what changed nothing, nothing. */
export function marksOf(fold: PublicFold): ReadonlyMap<string, readonly string[]> {
  const marks = new Map<string, readonly string[]>();
  const mark = (id: string, words: string) => marks.set(id, [...(marks.get(id) ?? []), words]);
  for (const update of recordsOf(fold).flatMap(({ updates }): readonly RecordUpdate[] => updates)) {
    for (const earlier of update.corrected ?? []) mark(earlier.id, `corrected by ${update.id.slice(0, 8)}`);
    for (const { id } of update.retracted === undefined ? [] : [update, ...(update.corrected ?? [])]) {
      mark(id, takenBack(update.retracted));
    }
  }
  for (const id of fold.waiting) mark(id, 'not public: waits for a second opinion');
  return marks;
}

/** The same for one entry, and when it happened where its author dates it back. */
export function marksFor({ id, body }: Entry, marks: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const at = textField(body, 'display_at');
  return [...(at === undefined ? [] : [`happened ${minuteOf(at)} UTC`]), ...(marks.get(id) ?? [])];
}

/** Headline facts of a section. */
export function factsOf(record: PublicRecord): readonly string[] {
  const times = isMaintenance(record)
    ? [`${minuteOf(record.scheduled_for)} to ${minuteOf(record.scheduled_until)} UTC`]
    : [];
  const taken = record.retracted === undefined ? [] : [takenBack(record.retracted)];
  return [record.status, `impact ${record.impact}`, ...times, ...taken];
}

/** `2026-11-22 03:12`. */
function minuteOf(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}

function takenBack(retraction: Retraction | undefined): string {
  return `taken back: ${retraction?.reason ?? ''}`;
}
