import type { Freshness } from './freshness.ts';
import { freshnessOf, isAhead, nextChange } from './freshness.ts';
import type { PublicComponent, PublicIncident, PublicState, Snapshot } from './snapshot.ts';
import { type ComponentStatus, type Impact, worstStatus } from './status.ts';
import type { Headline } from './view.ts';

const IMPACT_FLOOR: Readonly<Record<Impact, ComponentStatus>> = {
  none: 'degraded_performance',
  maintenance: 'under_maintenance',
  minor: 'degraded_performance',
  major: 'partial_outage',
  critical: 'major_outage',
};

/** A component's status for a reader at `now`: unknown once its own word or the snapshot has run out. */
export function decayed(component: PublicComponent, freshness: Freshness, now: number): ComponentStatus {
  if (freshness === 'expired') return 'unknown';
  if (component.valid_until === null) return component.status;
  return now < Date.parse(component.valid_until) ? component.status : 'unknown';
}

/** The worst of components and open incidents; of no components at all, at best unknown. */
function overallStatus(
  components: readonly { readonly status: ComponentStatus }[],
  incidents: readonly PublicIncident[],
): ComponentStatus {
  const floors = incidents.map((incident) => IMPACT_FLOOR[incident.impact]);
  return worstStatus([...floors, worstStatus(components.map(({ status }) => status))]);
}

/** All components as a reader at `now` may believe them. */
export function decayedComponents(state: PublicState, freshness: Freshness, now: number): readonly PublicComponent[] {
  return state.components.map((component) => ({ ...component, status: decayed(component, freshness, now) }));
}

/** When time alone next changes what a reader may believe, in Unix ms; infinity when all of it has run out. */
export function nextDecay(snapshot: Snapshot, now: number): number {
  const ends = snapshot.state.components
    .map(({ valid_until }) => Date.parse(valid_until ?? ''))
    .filter((at) => at > now);
  return Math.min(nextChange(snapshot, now) ?? Number.POSITIVE_INFINITY, ...ends);
}

/** The one sentence on top: the worst of components, open incidents and freshness. */
export function headlineOf(snapshot: Snapshot, now: number): Headline {
  const { state, generated_at } = snapshot;
  const freshness = freshnessOf(snapshot, now);
  const shown = decayedComponents(state, freshness, now);
  return {
    status: freshness === 'expired' ? 'unknown' : overallStatus(shown, state.incidents),
    freshness,
    confirmed: overallStatus(state.components, state.incidents),
    ahead: isAhead(generated_at, now),
  };
}
