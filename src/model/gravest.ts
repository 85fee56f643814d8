import type { PublicIncident } from './snapshot.ts';
import { IMPACTS } from './status.ts';

/** The incident that explains the headline: the one of the gravest impact, of several the first; null of none. */
export function gravest(incidents: readonly PublicIncident[]): PublicIncident | null {
  const [first = null] = incidents.toSorted((a, b) => IMPACTS.indexOf(b.impact) - IMPACTS.indexOf(a.impact));
  return first;
}
