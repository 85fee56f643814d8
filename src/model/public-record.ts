import type { PublicFold } from './incidents.ts';
import type { PublicIncident, PublicMaintenance, PublicState, PublicUpdate, Retraction } from './snapshot.ts';
import type { IncidentStatus, MaintenanceStatus } from './status.ts';

/** What people tell in public under one code: an incident or a maintenance. */
export type PublicRecord = PublicIncident | PublicMaintenance;

export type RecordUpdate = PublicUpdate<IncidentStatus | MaintenanceStatus>;

export function isMaintenance(record: PublicRecord): record is PublicMaintenance {
  return 'scheduled_for' in record;
}

/** Everything that the front page tells of. */
export function recordsIn({ incidents, recent, maintenances }: PublicState): readonly PublicRecord[] {
  return [...incidents, ...recent, ...maintenances];
}

/** Everything that was ever told, what was taken back too: nothing that was public disappears. */
export function recordsOf({ incidents, maintenances, retracted }: PublicFold): readonly PublicRecord[] {
  return [...incidents, ...maintenances, ...retracted.incidents, ...retracted.maintenances];
}

/** Retractions of the whole that do not count, for others spoke at the same time or later; the newest first. */
export function overruledIn({ retracted, retractions = [] }: PublicRecord): readonly Retraction[] {
  return retracted === undefined ? retractions.toReversed() : [];
}
