/** Statuspage API v2 component statuses, and `unknown`, which v2 has no word for and which is never green. */
export type ComponentStatus =
  | 'operational'
  | 'under_maintenance'
  | 'degraded_performance'
  | 'partial_outage'
  | 'major_outage'
  | 'unknown';

export type IncidentStatus = 'investigating' | 'identified' | 'monitoring' | 'resolved' | 'postmortem';
export type MaintenanceStatus = 'scheduled' | 'in_progress' | 'verifying' | 'completed' | 'cancelled';
export type Impact = 'none' | 'minor' | 'major' | 'critical' | 'maintenance';

/** From best to worst. Unknown stands between operational and known trouble: never green, never hides an outage. */
export const COMPONENT_STATUSES: readonly ComponentStatus[] = [
  'operational',
  'unknown',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
];
export const INCIDENT_STATUSES: readonly IncidentStatus[] = [
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'postmortem',
];
/** `cancelled` is ours: v2 has no word for it. */
export const MAINTENANCE_STATUSES: readonly MaintenanceStatus[] = [
  'scheduled',
  'in_progress',
  'verifying',
  'completed',
  'cancelled',
];
export const IMPACTS: readonly Impact[] = ['none', 'maintenance', 'minor', 'major', 'critical'];

/** The worst of `statuses`; of none at all, unknown: no components must not mean green. */
export function worstStatus(statuses: readonly ComponentStatus[]): ComponentStatus {
  let worst = -1;
  for (const status of statuses) worst = Math.max(worst, COMPONENT_STATUSES.indexOf(status));
  return COMPONENT_STATUSES[worst] ?? 'unknown';
}

export function isOpenIncident(status: IncidentStatus): boolean {
  return status !== 'resolved' && status !== 'postmortem';
}

export function isOpenMaintenance(status: MaintenanceStatus): boolean {
  return status !== 'completed' && status !== 'cancelled';
}

/** While work is going on, as its authors say. */
export function isRunningMaintenance(status: MaintenanceStatus): boolean {
  return status === 'in_progress' || status === 'verifying';
}
