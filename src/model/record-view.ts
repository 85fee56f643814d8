import { canonical } from './canonical.ts';
import type { IsoTime } from './clock.ts';
import { known } from './page-view.ts';
import { isMaintenance, type PublicRecord, recordsIn } from './public-record.ts';
import { silenceOf } from './silence.ts';
import type { Snapshot } from './snapshot.ts';
import type { Reader, View } from './view.ts';

/** A record's own file, and when the snapshot was signed that last vouched for it. */
export interface HeldRecord {
  readonly record: PublicRecord;
  readonly as_of: IsoTime;
}

/** The page of one incident or maintenance; that it is absent where neither the snapshot nor its own file tells of it. */
export function recordView(snapshot: Snapshot, reader: Reader, code: string, held: HeldRecord | null): View {
  const facts = known(snapshot, reader);
  const stated = statedRecord(snapshot, code);
  const found = fullest(stated === null ? null : { record: stated, as_of: snapshot.generated_at }, held);
  if (found === null) return { type: 'absent', known: facts, code };
  const { record, as_of } = found;
  const { components } = snapshot.state;
  if (isMaintenance(record)) {
    const silence = silenceOf(snapshot, { ...record, as_of });
    return { type: 'maintenance', known: facts, maintenance: record, components, as_of, silence };
  }
  const silence = silenceOf(snapshot, { ...record, ended_at: record.resolved_at, as_of });
  return { type: 'incident', known: facts, incident: record, components, as_of, silence };
}

/**
 * Whether a record's own file says what the snapshot says of it. The file has more: older updates, what each said of components,
 * and retractions that count no more.
 */
export function agrees(file: PublicRecord, stated: PublicRecord): boolean {
  const inShort = ({ updates, ...rest }: PublicRecord) => {
    const latest = updates.slice(0, stated.updates.length).map((update) => ({ ...update, components: null }));
    return canonical({ ...rest, updates: latest, retractions: null });
  };
  return inShort(file) === inShort(stated);
}

/** What the snapshot itself says of it; null where it does not show it. */
export function statedRecord({ state }: Snapshot, code: string): PublicRecord | null {
  return recordsIn(state).find((one) => one.code === code) ?? null;
}

/**
 * A record's own file has all its updates. It stands for what the snapshot states where that snapshot itself vouches for it, or
 * where both say the same; its times prove nothing, for they are the authors' own and may stand still or go back.
 */
function fullest(stated: HeldRecord | null, file: HeldRecord | null): HeldRecord | null {
  if (stated === null || file === null) return stated ?? file;
  if (file.as_of !== stated.as_of && !agrees(file.record, stated.record)) return stated;
  // What both say alike is vouched for by the newer of the two.
  return file.as_of > stated.as_of ? file : { record: file.record, as_of: stated.as_of };
}
