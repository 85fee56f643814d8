import { parseCanonical } from './canonical.ts';
import { isoTime } from './clock.ts';
import { KIND, type SignedEvent } from './event.ts';
import { foldIncidents, type PublicFold } from './incidents.ts';
import { lastTold } from './last-told.ts';
import type { Pulse } from './pulse.ts';
import { trustedPulses } from './pulse-form.ts';
import { observedStatus } from './pulses.ts';
import { may, type Roster } from './roster.ts';
import type { StatedSite } from './site.ts';
import type { PublicComponent, PublicState } from './snapshot.ts';
import { publicState } from './state.ts';
import type { Uptime } from './uptime.ts';
import { foldUptime } from './uptime-fold.ts';
import { newestWords } from './vantage-vote.ts';

export interface Folded {
  /** Not yet cut to what one signed event may carry (`fitState`). */
  readonly state: PublicState;
  /** What people have said, with all of it. */
  readonly said: PublicFold;
}

/** What follows from the log alone, and until midnight (UTC) from no clock: a publisher folds it once for each change. */
export interface FoldedLog {
  readonly said: PublicFold;
  readonly uptime: Uptime;
}

/** `now` in Unix ms; only its day counts. */
export function foldLog(events: readonly SignedEvent[], roster: Roster, site: StatedSite, now: number): FoldedLog {
  const said = foldIncidents(events, roster);
  return { said, uptime: foldUptime(events, roster, site, said.incidents, now) };
}

/**
 * What the page shows at `now` (Unix ms), from the log and the pulses among `events`. Publisher and verifier run this same
 * fold, so whoever holds the events can tell whether the page follows from them. `log` is `foldLog` of the same.
 */
export function foldPublic(
  events: readonly SignedEvent[],
  roster: Roster,
  site: StatedSite,
  now: number,
  log: FoldedLog = foldLog(events, roster, site, now),
): Folded {
  const { said, uptime } = log;
  const pulses = pulsesIn(events, roster);
  const state = publicState({
    site,
    incidents: said.incidents,
    maintenances: said.maintenances,
    uptime,
    // Where nobody ever looked there is nothing to be unsure of: a person's word may stand alone.
    observed: (subject) =>
      newestWords(pulses, subject, now).length === 0 ? undefined : observedStatus(pulses, subject, site.quorum, now),
    handSet: (component) => said.settings.get(component),
    now,
  });
  return { state: { ...state, components: state.components.map(wellSince(lastTold(said))) }, said };
}

/** What is well again is so since people's word of trouble ended, though watchers had seen it well before. */
function wellSince(told: ReadonlyMap<string, number>) {
  return (component: PublicComponent): PublicComponent => {
    const [seen, ended] = [Date.parse(component.changed_at ?? ''), told.get(component.id)];
    if (component.status !== 'operational' || ended === undefined || !(ended > seen)) return component;
    return { ...component, changed_at: isoTime(ended) };
  };
}

/** What the pulses among `events` say, as far as the fold believes them. */
export function pulsesIn(events: Iterable<SignedEvent>, roster: Roster): readonly Pulse[] {
  return trustedPulses(events, (pubkey) => vantageOf(roster, pubkey), parseCanonical);
}

/** The pulses among `events` that the fold believes: with the log and the site they are all that it follows from. */
export function trustedPulseEvents(events: readonly SignedEvent[], roster: Roster): readonly SignedEvent[] {
  return events.filter((event) => pulsesIn([event], roster).length > 0);
}

function vantageOf(roster: Roster, pubkey: string): string | undefined {
  return may(roster, pubkey, KIND.pulse) ? (roster.keys.get(pubkey)?.vantage ?? undefined) : undefined;
}
