import { type PublicRecord, type RecordUpdate, recordsIn } from './public-record.ts';
import type { Snapshot } from './snapshot.ts';
import type { ComponentStatus } from './status.ts';

/** What somebody has just said in public, and wants to see on the page. */
export type Sought =
  /** An update or a correction; `id` is its event's. */
  | { readonly type: 'update'; readonly code: string; readonly id: string }
  /** `update`: the id of what was taken back; null: the whole incident or maintenance. */
  | { readonly type: 'retraction'; readonly code: string; readonly update: string | null }
  | { readonly type: 'component'; readonly id: string; readonly status: ComponentStatus };

/** Whether the front page itself shows it. */
export function isShown({ state }: Snapshot, sought: Sought): boolean {
  if (sought.type === 'component')
    return state.components.some(({ id, status }) => id === sought.id && status === sought.status);
  return recordsIn(state).some((one) => isTold(one, sought));
}

/** Whether an incident's or a maintenance's own file tells it. */
export function isTold(record: PublicRecord, sought: Sought): boolean {
  if (sought.type === 'component' || record.code !== sought.code) return false;
  if (sought.type === 'update') return record.updates.some(({ id }) => id === sought.id);
  if (sought.update === null) return record.retracted !== undefined;
  return record.updates.some((one) => one.retracted !== undefined && isOf(one, sought.update));
}

function isOf({ id, corrected = [] }: RecordUpdate, update: string | null): boolean {
  return id === update || corrected.some((earlier) => earlier.id === update);
}
