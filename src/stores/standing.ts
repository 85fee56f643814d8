import { isMaintenance, type PublicRecord } from '../model/public-record.ts';

/**
 * What stands in public of a record, as one text to compare: what its next update would say anew, and how often it was updated.
 * Null where nothing stands, or all of it was taken back.
 */
export function standingOf(record: PublicRecord | undefined): string | null {
  if (record === undefined) return null;
  const { name, status, impact, components } = record;
  const times = isMaintenance(record) ? [record.scheduled_for, record.scheduled_until] : [];
  return JSON.stringify([record.updates.length, name, status, impact, components, ...times]);
}
