import { type Health, UNTRIED } from '../../model/hysteresis.ts';
import type { ObservationBody } from '../../model/public-content.ts';
import type { Observation, Pulse } from '../../model/pulse.ts';
import type { Probe } from '../../model/site.ts';
import { newestWords } from '../../model/vantage-vote.ts';
import { nothingSeen, observe, type Watched } from './subjects.ts';
import type { Earlier } from './watcher-log.ts';

/** One subject, the health of its probes, and what is said of it. */
export interface Sight {
  readonly probes: readonly { readonly probe: Probe; health: Health }[];
  seen: Observation;
}

/** Brings what is said up to date; gives the transition where the status changed. `now` in milliseconds. */
export function look(sight: Sight, vantage: string, now: number): ObservationBody | undefined {
  // Until each probe was tried once, what was said before the start still stands.
  if (sight.probes.some(({ health }) => health === UNTRIED)) return undefined;
  const from = sight.seen.status;
  sight.seen = observe(sight.seen, sight.probes, now);
  return sight.seen.status === from ? undefined : { ...sight.seen, vantage, from };
}

/** The sights to begin with: as the last pulse of each said, where that is still believed; else unknown. */
export function beginSights(watched: readonly Watched[], held: Earlier, now: number): Sight[] {
  return watched.map(({ subject, probes }) => {
    const [word] = newestWords(held.pulses, subject, now);
    const believed = isBelieved(word?.pulse, now) ? word?.observation : undefined;
    return {
      probes: probes.map((probe) => ({ probe, health: UNTRIED })),
      seen: believed ?? nothingSeen(subject),
    };
  });
}

/**
 * What nobody watched was not up: the transitions to unknown that the last run owes, from when its last pulse ended.
 * Without them the days would count the gap as whatever was said before it.
 */
export function owedGaps(watched: readonly Watched[], held: Earlier, vantage: string, now: number): ObservationBody[] {
  const newest = held.pulses.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
  return watched.flatMap(({ subject }) => {
    const pulse = newestWords(held.pulses, subject, now)[0]?.pulse ?? newest;
    if (isBelieved(pulse, now)) return [];
    const last = held.transitions.findLast((transition) => transition.subject === subject);
    if (!last || last.status === 'unknown') return [];
    const ended = later(pulse?.valid_until ?? null, last.changed_at);
    const { status: from, checked_at } = last;
    return [
      { subject, status: 'unknown', checked_at, changed_at: ended, detail: 'No watcher was running.', vantage, from },
    ];
  });
}

function isBelieved(pulse: Pulse | undefined, now: number): boolean {
  return pulse !== undefined && Date.parse(pulse.at) <= now && Date.parse(pulse.valid_until) > now;
}

function later(a: string | null, b: string | null): string | null {
  return a !== null && (b === null || a > b) ? a : b;
}
