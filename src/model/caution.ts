import { IMPACTS, type Impact, INCIDENT_STATUSES, type IncidentStatus, type MaintenanceStatus } from './status.ts';

const MAINTENANCE_CAUTION: readonly MaintenanceStatus[] = [
  'in_progress',
  'verifying',
  'scheduled',
  'completed',
  'cancelled',
];

/** Of statuses said at the same time, the more cautious: open over resolved, earlier over later. */
export function cautiousStatus(statuses: readonly IncidentStatus[]): IncidentStatus {
  return INCIDENT_STATUSES.find((status) => statuses.includes(status)) ?? 'investigating';
}

/** Of impacts said at the same time, the higher. */
export function cautiousImpact(impacts: readonly Impact[]): Impact {
  return IMPACTS.findLast((impact) => impacts.includes(impact)) ?? 'none';
}

/** Of statuses of a maintenance said at the same time: running over planned, planned over ended. */
export function cautiousMaintenance(statuses: readonly MaintenanceStatus[]): MaintenanceStatus {
  return MAINTENANCE_CAUTION.find((status) => statuses.includes(status)) ?? 'scheduled';
}
