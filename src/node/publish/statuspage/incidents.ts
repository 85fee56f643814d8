import type { IsoTime } from '../../../model/clock.ts';
import type { PublicIncident, PublicMaintenance } from '../../../model/snapshot.ts';
import type { MaintenanceStatus } from '../../../model/status.ts';
import type { PageFacts } from '../page-facts.ts';
import { componentId } from './components.ts';
import { firstWritten, wireUpdates } from './updates.ts';
import type { WireComponent, WireIncident, WireMaintenance, WireMaintenanceStatus } from './wire.ts';

/** `all` are the page's components, groups among them. */
export function wireIncident(facts: PageFacts, incident: PublicIncident, all: readonly WireComponent[]): WireIncident {
  const { code, updates, started_at, updated_at, resolved_at, impact } = incident;
  const standing = updates.filter(({ retracted }) => retracted === undefined);
  const affected = incident.components.map(({ id }) => id);
  return {
    id: code,
    name: incident.name,
    status: incident.status,
    created_at: createdAt(incident),
    updated_at,
    monitoring_at: standing.findLast(({ status }) => status === 'monitoring')?.at ?? null,
    resolved_at,
    // Only a maintenance may have the impact "maintenance" in v2.
    impact: impact === 'maintenance' ? 'none' : impact,
    shortlink: `${facts.url}/incidents/${code}/`,
    started_at,
    page_id: facts.id,
    incident_updates: wireUpdates(facts, code, updates, all, (status) => status),
    components: named(facts, affected, all),
  };
}

/** When the first word about it was written, whatever day it is about. */
export function createdAt({ updates, started_at }: PublicIncident): IsoTime {
  return updates.map(firstWritten).toSorted()[0] ?? started_at;
}

export function wireMaintenance(
  facts: PageFacts,
  maintenance: PublicMaintenance,
  all: readonly WireComponent[],
): WireMaintenance {
  const { code, updates, created_at, updated_at, scheduled_for, scheduled_until } = maintenance;
  const verifying = updates.findLast(({ status, retracted }) => status === 'verifying' && retracted === undefined);
  return {
    id: code,
    name: maintenance.name,
    status: wireMaintenanceStatus(maintenance.status),
    created_at,
    updated_at,
    monitoring_at: verifying?.at ?? null,
    resolved_at: maintenance.ended_at,
    impact: maintenance.impact,
    shortlink: `${facts.url}/incidents/${code}/`,
    started_at: maintenance.started_at ?? scheduled_for,
    page_id: facts.id,
    incident_updates: wireUpdates(facts, code, updates, all, wireMaintenanceStatus),
    components: named(facts, maintenance.components, all),
    scheduled_for,
    scheduled_until,
  };
}

/** v2 has no word for cancelled: it is over, and its author's words say why. */
function wireMaintenanceStatus(status: MaintenanceStatus): WireMaintenanceStatus {
  return status === 'cancelled' ? 'completed' : status;
}

/** Those of the site's own ids that are on the page; never groups. */
export function named(
  facts: PageFacts,
  ids: readonly string[],
  all: readonly WireComponent[],
): readonly WireComponent[] {
  const wanted = new Set(ids.map((id) => componentId(facts, id)));
  return all.filter(({ id }) => wanted.has(id));
}
