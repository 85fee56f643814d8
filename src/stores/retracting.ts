import { atom, computed } from 'nanostores';
import { isBlank } from '../model/authoring.ts';
import { cleanText } from '../model/clean.ts';
import { placeholdersIn } from '../model/placeholders.ts';
import type { IncidentRetractBody } from '../model/public-event.ts';
import type { PublicRecord, RecordUpdate } from '../model/public-record.ts';
import type { IncidentStatus, MaintenanceStatus } from '../model/status.ts';
import { $records } from './public.ts';

/** Something public that is about to be taken back, as it stands now. */
export interface Retraction {
  readonly record: PublicRecord;
  /** Null: all of it. */
  readonly update: RecordUpdate | null;
  readonly reason: string;
}

interface Wish {
  readonly code: string;
  readonly update: string | null;
  readonly reason: string;
}

const $wish = atom<Wish | null>(null);

/** What somebody else posts meanwhile changes what the page will say; null as soon as somebody else has taken it back. */
export const $retraction = computed([$wish, $records], (wish, records): Retraction | null => {
  const record = records.find(({ code }) => code === wish?.code);
  if (wish === null || record === undefined) return null;
  if (wish.update === null) return { record, update: null, reason: wish.reason };
  const updates: readonly RecordUpdate[] = record.updates;
  const update = updates.find(({ id, retracted }) => id === wish.update && retracted === undefined);
  return update === undefined ? null : { record, update, reason: wish.reason };
});

export function takeBack({ code }: PublicRecord, update: RecordUpdate | null): void {
  $wish.set({ code, update: update?.id ?? null, reason: '' });
}

export function editReason(reason: string): void {
  const wish = $wish.get();
  if (wish !== null) $wish.set({ ...wish, reason: cleanText(reason) });
}

export function keepIt(): void {
  $wish.set(null);
}

export function retractionBody({ record, update, reason }: Retraction): IncidentRetractBody {
  return { incident: record.code, update: update?.id ?? null, reason: reason.trim() };
}

/** Whether the reason can be signed as it stands. */
export function isReason(reason: string): boolean {
  return !isBlank(reason) && placeholdersIn(reason).length === 0;
}

/**
 * Where the page stands without it: what the newest of the other updates said. Null where none is left, so that the whole
 * counts as taken back.
 */
export function statusWithout({ record, update }: Retraction): IncidentStatus | MaintenanceStatus | null {
  if (update === null) return null;
  const updates: readonly RecordUpdate[] = record.updates;
  return updates.find(({ id, retracted }) => id !== update.id && retracted === undefined)?.status ?? null;
}
