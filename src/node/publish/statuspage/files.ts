import { isOpenIncident } from '../../../model/status.ts';
import { pageFacts } from '../page-facts.ts';
import type { Published } from '../published.ts';
import { MOST_RECENT, wireState } from './state.ts';
import type { WireIncident } from './wire.ts';
import { wireWriter } from './write.ts';

const ACTIVE: readonly string[] = ['in_progress', 'verifying'];

/** Every file of /api/v2, and /incidents/<code>.json of those that are recent or not over; text by path. */
export function statuspageFiles(published: Published): ReadonlyMap<string, string> {
  const facts = pageFacts(published);
  const { page, components, incidents, scheduled_maintenances, status } = wireState(facts, published);
  const write = wireWriter(facts.zone);
  const head = { page: write.page(page) };
  const isOpen = ({ status }: WireIncident) => isOpenIncident(status);
  const unresolved = incidents.filter(isOpen);
  const recent = incidents.slice(0, MOST_RECENT);
  const resolved = incidents.filter((one) => !isOpen(one)).slice(0, MOST_RECENT);
  const scheduled = scheduled_maintenances.filter((one) => one.status === 'scheduled');
  // Nobody said that it began, and nobody can say any more that it comes.
  const upcoming = scheduled.filter((one) => Date.parse(one.scheduled_until) >= facts.now);
  const active = scheduled_maintenances.filter((one) => ACTIVE.includes(one.status));
  const planned = scheduled_maintenances.slice(0, MOST_RECENT);
  const listed = [...new Set([...recent, ...unresolved])];
  const works = [...new Set([...planned, ...scheduled, ...active])];
  const incidentFile = (list: readonly WireIncident[]) => ({ ...head, incidents: list.map(write.incident) });
  const maintenanceFile = (list: typeof planned) => ({ ...head, scheduled_maintenances: list.map(write.maintenance) });
  const all = components.map(write.component);
  const rollup = write.rollup(status);
  const files: Readonly<Record<string, object>> = {
    'api/v2/summary.json': {
      ...head,
      components: all,
      incidents: unresolved.map(write.incident),
      scheduled_maintenances: [...upcoming, ...active].map(write.maintenance),
      status: rollup,
    },
    'api/v2/status.json': { ...head, status: rollup },
    'api/v2/components.json': { ...head, components: all },
    'api/v2/incidents.json': incidentFile(recent),
    'api/v2/incidents/unresolved.json': incidentFile(unresolved),
    'api/v2/incidents/resolved.json': incidentFile(resolved),
    'api/v2/scheduled-maintenances.json': maintenanceFile(planned),
    'api/v2/scheduled-maintenances/upcoming.json': maintenanceFile(upcoming),
    'api/v2/scheduled-maintenances/active.json': maintenanceFile(active),
    ...Object.fromEntries(listed.map((one) => [`incidents/${one.id}.json`, write.incident(one)])),
    ...Object.fromEntries(works.map((one) => [`incidents/${one.id}.json`, write.maintenance(one)])),
  };
  return new Map(Object.entries(files).map(([path, value]) => [path, JSON.stringify(value)]));
}
