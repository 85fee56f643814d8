import type { IsoTime } from './clock.ts';
import { known } from './page-view.ts';
import type { PublicIncident, PublicMaintenance, Snapshot } from './snapshot.ts';
import type { Reader, View } from './view.ts';

/** An incident or a maintenance, as its own file holds it. */
export type PublicRecord = PublicIncident | PublicMaintenance;

/** A record's own file, and when the snapshot was signed that last vouched for it. */
export interface HeldRecord {
  readonly record: PublicRecord;
  readonly as_of: IsoTime;
}

function isMaintenance(record: PublicRecord): record is PublicMaintenance {
  return 'scheduled_for' in record;
}

/** The page of one incident or maintenance; that it is absent where neither the snapshot nor its own file tells of it. */
export function recordView(snapshot: Snapshot, reader: Reader, code: string, held: HeldRecord | null): View {
  const facts = known(snapshot, reader);
  const found = fullest(statedRecord(snapshot, code), held);
  if (found === null) return { type: 'absent', known: facts, code };
  const { record, as_of } = found;
  const { components } = snapshot.state;
  return isMaintenance(record)
    ? { type: 'maintenance', known: facts, maintenance: record, components, as_of }
    : { type: 'incident', known: facts, incident: record, components, as_of };
}

/** What the snapshot itself says of it; null where it does not show it. */
function statedRecord({ state, generated_at }: Snapshot, code: string): HeldRecord | null {
  const all = [...state.incidents, ...state.recent, ...state.maintenances];
  const record = all.find((one) => one.code === code);
  return record === undefined ? null : { record, as_of: generated_at };
}

/** A record's own file has all its updates; it stands for what the snapshot states unless that was written later. */
function fullest(stated: HeldRecord | null, file: HeldRecord | null): HeldRecord | null {
  if (stated === null || file === null) return stated ?? file;
  if (file.record.updated_at < stated.record.updated_at) return stated;
  // What both say alike is vouched for by the newer of the two.
  return file.as_of > stated.as_of ? file : { record: file.record, as_of: stated.as_of };
}
