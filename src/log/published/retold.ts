import type { IsoTime } from '../../model/clock.ts';
import type { PublicFold } from '../../model/incidents.ts';
import { recordsOf } from '../../model/public-record.ts';
import type { EarlierText, Retraction } from '../../model/snapshot.ts';

/** Words that were public and are not any more as they were first said: corrected, or taken back. */
export interface Retold {
  /** Id of the event whose words stand now; of something that was taken back whole, its code. */
  readonly id: string;
  /** Code of the incident or maintenance, and its name. */
  readonly code: string;
  readonly name: string;
  /** When it last changed. */
  readonly at: IsoTime;
  /** What is shown now; null where the whole was taken back. */
  readonly text: string | null;
  /** BCP 47 language of the texts where the author gave it. */
  readonly lang: string | null;
  /** What it said before, the newest first. */
  readonly earlier: readonly EarlierText[];
  readonly retracted: Retraction | null;
}

/** Every correction and retraction of the record, the newest first. */
export function retoldIn(fold: PublicFold): readonly Retold[] {
  const found = recordsOf(fold).flatMap(({ code, name, updates, retracted: whole }): Retold[] => [
    ...(whole === undefined
      ? []
      : [{ id: code, code, name, at: whole.at, text: null, lang: null, earlier: [], retracted: whole }]),
    ...updates
      .filter((update) => update.corrected !== undefined || update.retracted !== undefined)
      .map(({ id, text, lang, at, written_at, corrected: earlier = [], retracted: taken = null }) => {
        const changed = taken?.at ?? written_at ?? at;
        return { id, code, name, at: changed, text, lang, earlier, retracted: taken };
      }),
  ]);
  return found.toSorted((a, b) => (a.at > b.at ? -1 : 1));
}
