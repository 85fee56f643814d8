import { parseCanonical } from '../../model/canonical.ts';
import { KIND, type SignedEvent } from '../../model/event.ts';
import { foldIncidents } from '../../model/incidents.ts';
import { trustedPulses } from '../../model/pulse-form.ts';
import { observedStatus } from '../../model/pulses.ts';
import { may, type Roster } from '../../model/roster.ts';
import type { Site } from '../../model/site.ts';
import type { PublicIncident, PublicState } from '../../model/snapshot.ts';
import { publicState } from '../../model/state.ts';

export interface Folded {
  readonly state: PublicState;
  /** Every incident with all its updates, open and resolved. */
  readonly incidents: readonly PublicIncident[];
}

/** What the page shows at `now` (Unix ms), from everything held. */
export function foldPublic(events: readonly SignedEvent[], roster: Roster, site: Site, now: number): Folded {
  const { incidents, settings } = foldIncidents(events, roster);
  const pulses = trustedPulses(events, (pubkey) => vantageOf(roster, pubkey), parseCanonical);
  const state = publicState({
    site,
    incidents,
    observed: (subject) => observedStatus(pulses, subject, site.quorum, now),
    handSet: (component) => settings.get(component),
    now,
  });
  return { state, incidents };
}

function vantageOf(roster: Roster, pubkey: string): string | undefined {
  return may(roster, pubkey, KIND.pulse) ? (roster.keys.get(pubkey)?.vantage ?? undefined) : undefined;
}
