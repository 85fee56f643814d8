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
export function decayed(
  component: Pick<PublicComponent, 'status' | 'valid_until'>,
  freshness: Freshness,
  now: number,
): ComponentStatus {
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
  const { components, left_out } = snapshot.state;
  const ends = [...components, left_out].map((claim) => Date.parse(claim?.valid_until ?? '')).filter((at) => at > now);
  return Math.min(nextChange(snapshot, now) ?? Number.POSITIVE_INFINITY, ...ends);
}

/** The one sentence on top: the worst of components, what was left out of them, open incidents and freshness. */
export function headlineOf(snapshot: Snapshot, now: number): Headline {
  const { state, generated_at } = snapshot;
  const freshness = freshnessOf(snapshot, now);
  const shown = overallStatus(decayedComponents(state, freshness, now), state.incidents);
  // What was left out is no worse than what is shown; that is known until its own word has run out.
  const rest = decayed({ status: 'operational', valid_until: null, ...state.left_out }, freshness, now);
  return {
    status: freshness === 'expired' ? 'unknown' : worstStatus([shown, rest]),
    freshness,
    confirmed: overallStatus(state.components, state.incidents),
    ahead: isAhead(generated_at, now),
  };
}
