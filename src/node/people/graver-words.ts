import type { Log } from '../../log/log.ts';
import { foldIncidents } from '../../model/incidents.ts';
import { type ComponentStatus, isOpenIncident, worstStatus } from '../../model/status.ts';

/** Which open incident keeps a component from being shown with this status: of all that is said the worst counts. */
export function graverWords(log: Log, component: string, status: ComponentStatus): string {
  for (const incident of foldIncidents(log.events(), log.roster()).incidents) {
    const said = incident.components.find(({ id }) => id === component)?.status;
    if (said !== undefined && isOpenIncident(incident.status) && worstStatus([said, status]) !== status)
      return `, which shows only once incident ${incident.code} no longer says ${said}`;
  }
  return '';
}
