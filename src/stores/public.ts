import { computed } from 'nanostores';
import { KIND } from '../model/event.ts';
import { foldIncidents, type PublicFold } from '../model/incidents.ts';
import type { PublicRecord } from '../model/public-record.ts';
import { may } from '../model/roster.ts';
import { isOpenIncident, isOpenMaintenance } from '../model/status.ts';
import { $layout, $roster } from './claims.ts';
import { $device } from './device.ts';
import { $events } from './log.ts';

/** What people said in public, folded from this device's copy: it knows own updates before anybody else does. */
export const $public = computed([$events, $roster], (events, roster): PublicFold | null =>
  roster === null ? null : foldIncidents(events, roster),
);

export const $openIncidents = computed($public, (fold) =>
  (fold?.incidents ?? []).filter((incident) => isOpenIncident(incident.status)),
);

/** Incidents that are over, the last first: a report may follow, or one may open again. */
export const $endedIncidents = computed($public, (fold) =>
  (fold?.incidents ?? []).filter((incident) => !isOpenIncident(incident.status)).toSorted(lastFirst),
);

export const $openMaintenances = computed($public, (fold) =>
  (fold?.maintenances ?? []).filter((maintenance) => isOpenMaintenance(maintenance.status)),
);

/** Everything that stands, what was written last first. */
export const $records = computed($public, (fold): readonly PublicRecord[] =>
  [...(fold?.incidents ?? []), ...(fold?.maintenances ?? [])].toSorted(lastFirst),
);

export const $components = computed($layout, (layout) => layout?.components ?? []);

export const $mayPost = computed(
  [$roster, $device],
  (roster, device) => roster !== null && device !== null && may(roster, device.pubkey, KIND.public, 'incident.update'),
);

function lastFirst(a: PublicRecord, b: PublicRecord): number {
  return Date.parse(b.updated_at) - Date.parse(a.updated_at) || (a.code < b.code ? -1 : 1);
}
