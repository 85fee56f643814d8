import { atom } from 'nanostores';
import { isBlank } from '../model/authoring.ts';
import { cleanText } from '../model/clean.ts';
import { placeholdersIn } from '../model/placeholders.ts';
import type { IncidentRetractBody } from '../model/public-event.ts';
import type { IncidentStatus, MaintenanceStatus } from '../model/status.ts';
import { isMaintenance, type PublicRecord } from './public.ts';

type Update = PublicRecord['updates'][number];

/** Something public that is about to be taken back. */
export interface Retraction {
  readonly record: PublicRecord;
  /** Null: all of it. */
  readonly update: Update | null;
  readonly reason: string;
}

export const $retraction = atom<Retraction | null>(null);

export function takeBack(record: PublicRecord, update: Update | null): void {
  $retraction.set({ record, update, reason: '' });
}

export function editReason(reason: string): void {
  const draft = $retraction.get();
  if (draft !== null) $retraction.set({ ...draft, reason: cleanText(reason) });
}

export function keepIt(): void {
  $retraction.set(null);
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
  const updates: readonly Update[] = isMaintenance(record) ? record.updates : record.updates;
  return updates.find(({ id, retracted }) => id !== update.id && retracted === undefined)?.status ?? null;
}
