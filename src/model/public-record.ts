import type { PublicIncident, PublicMaintenance, PublicUpdate } from './snapshot.ts';
import type { IncidentStatus, MaintenanceStatus } from './status.ts';

/** What people tell in public under one code: an incident or a maintenance. */
export type PublicRecord = PublicIncident | PublicMaintenance;

export type RecordUpdate = PublicUpdate<IncidentStatus | MaintenanceStatus>;

export function isMaintenance(record: PublicRecord): record is PublicMaintenance {
  return 'scheduled_for' in record;
}
