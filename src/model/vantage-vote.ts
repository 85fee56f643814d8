import type { IsoTime } from './clock.ts';
import { AHEAD_MAX_MS, CLAIM_MAX_MS } from './freshness.ts';
import type { Observation, Pulse, Subject } from './pulse.ts';
import { COMPONENT_STATUSES, type ComponentStatus } from './status.ts';

/** One vantage's fresh word on a subject; times in milliseconds. */
export interface Vote {
  readonly vantage: string;
  readonly status: ComponentStatus;
  readonly checked: number;
  readonly changed: number;
  readonly until: number;
  readonly detail: string | null;
}

/** One vote per vantage: the one of its newest pulse, and none where that is stale or silent about the subject. */
export function freshVotes(pulses: readonly Pulse[], subject: Subject, now: number): Vote[] {
  const newest = new Map<string, Pulse>();
  for (const pulse of pulses) {
    const other = newest.get(pulse.vantage);
    if (!isAhead(pulse.at, now) && (!other || replaces(pulse, other, subject))) newest.set(pulse.vantage, pulse);
  }
  return [...newest.values()].flatMap((pulse) => {
    const vote = voteOf(pulse, observationOf(pulse, subject), now);
    return vote && vote.until > now ? [vote] : [];
  });
}

/** Newer, or the worse word of the same moment: so the order in which they came decides nothing. */
function replaces(pulse: Pulse, other: Pulse, subject: Subject): boolean {
  const later = Date.parse(pulse.at) - Date.parse(other.at);
  const word = (one: Pulse) => rank(observationOf(one, subject)?.status ?? 'unknown');
  return later > 0 || (later === 0 && word(pulse) > word(other));
}

function voteOf(pulse: Pulse, observation: Observation | undefined, now: number): Vote | undefined {
  if (!observation) return undefined;
  // What was never checked is known to be unknown, from the pulse alone.
  const checkedAt = observation.status === 'unknown' ? pulse.at : observation.checked_at;
  if (checkedAt === null || isAhead(checkedAt, now)) return undefined;
  const checked = Date.parse(checkedAt);
  const changed = observation.changed_at ? Date.parse(observation.changed_at) : Number.NaN;
  return {
    vantage: pulse.vantage,
    status: observation.status,
    checked,
    changed: changed > now + AHEAD_MAX_MS ? Number.NaN : changed,
    until: Math.min(pulseEnd(pulse, now), checked + CLAIM_MAX_MS),
    detail: observation.detail,
  };
}

/** Until when a pulse may be believed, in milliseconds; minus infinity for one from the future or without a time. */
export function pulseEnd(pulse: Pulse, now: number): number {
  if (isAhead(pulse.at, now)) return Number.NEGATIVE_INFINITY;
  const end = Math.min(Date.parse(pulse.valid_until), Date.parse(pulse.at) + CLAIM_MAX_MS);
  return Number.isNaN(end) ? Number.NEGATIVE_INFINITY : end;
}

/** The worst word where a pulse speaks of a subject twice. */
export function observationOf(pulse: Pulse, subject: Subject): Observation | undefined {
  const found = pulse.observations.filter((observation) => observation.subject === subject);
  return found.sort((a, b) => rank(b.status) - rank(a.status))[0];
}

/** Not a time counts as ahead: it can never be believed. */
export function isAhead(at: IsoTime, now: number): boolean {
  return !(Date.parse(at) <= now + AHEAD_MAX_MS);
}

export function rank(status: ComponentStatus): number {
  return COMPONENT_STATUSES.indexOf(status);
}
