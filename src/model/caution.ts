import { IMPACTS, type Impact, INCIDENT_STATUSES, type IncidentStatus } from './status.ts';

/** Of statuses said at the same time, the more cautious: open over resolved, earlier over later. */
export function cautiousStatus(statuses: readonly IncidentStatus[]): IncidentStatus {
  return INCIDENT_STATUSES.find((status) => statuses.includes(status)) ?? 'investigating';
}

/** Of impacts said at the same time, the higher. */
export function cautiousImpact(impacts: readonly Impact[]): Impact {
  return IMPACTS.findLast((impact) => impacts.includes(impact)) ?? 'none';
}
