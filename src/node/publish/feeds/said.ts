import type { PublicFold } from '../../../model/incidents.ts';
import type { PublicIncident, PublicMaintenance, PublicUpdate } from '../../../model/snapshot.ts';
import type { IncidentStatus, MaintenanceStatus } from '../../../model/status.ts';

/** An incident or a maintenance as feeds list it: side by side. */
export type Told = PublicIncident | PublicMaintenance;
export type ToldUpdate = PublicUpdate<IncidentStatus | MaintenanceStatus>;

/** Everything that was ever said, what was taken back too: nothing that was public disappears from a feed. */
export function allTold({ incidents, maintenances, retracted }: PublicFold): readonly Told[] {
  return [...incidents, ...maintenances, ...retracted.incidents, ...retracted.maintenances];
}

export function isMaintenance(told: Told): told is PublicMaintenance {
  return 'scheduled_for' in told;
}
