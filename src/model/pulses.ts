import { type IsoTime, isoTime } from './clock.ts';
import type { Observation, Pulse, Subject } from './pulse.ts';
import { COMPONENT_STATUSES, type ComponentStatus } from './status.ts';

/** A claim lasts at most this long, whatever it says (DESIGN §5.5). */
export const CLAIM_MAX_MS = 15 * 60_000;
/** What is further ahead of the reader's clock than this is unknown. */
export const AHEAD_MAX_MS = 2 * 60_000;

/** What the watchers together know of one subject. */
export interface ObservedStatus {
  readonly status: ComponentStatus;
  /** When enough vantages had last probed it; where the status is unknown, when any vantage last did. */
  readonly checked_at: IsoTime | null;
  readonly changed_at: IsoTime | null;
  /** Until when `status` may be believed; null where it is unknown. */
  readonly valid_until: IsoTime | null;
  /** The vantages that say so. */
  readonly vantages: readonly string[];
  readonly detail: string | null;
}

/** One vantage's fresh word on a subject; times in milliseconds. */
interface Vote {
  readonly vantage: string;
  readonly status: ComponentStatus;
  readonly checked: number;
  readonly changed: number;
  readonly until: number;
  readonly detail: string | null;
}

/**
 * The most cautious status that a quorum of fresh vantages agrees on. A vantage that says "unknown" does not vote; the quorum
 * is capped at the vantages that do. Operational needs a quorum that says exactly that: disagreement is unknown, never green.
 * `pulses` must be trusted ones (see `trustedPulses`); `now` in milliseconds.
 */
export function observedStatus(pulses: Iterable<Pulse>, subject: Subject, quorum: number, now: number): ObservedStatus {
  const held = [...pulses];
  const votes = freshVotes(held, subject, now);
  const known = votes.filter((vote) => vote.status !== 'unknown').sort((a, b) => rank(b.status) - rank(a.status));
  const needed = Math.max(1, Math.min(quorum, known.length));
  const agreed = known[needed - 1]?.status;
  if (agreed === undefined) return unknown(held, subject, now, votes[0]?.detail ?? null);
  const voters = known.filter((vote) =>
    agreed === 'operational' ? vote.status === agreed : rank(vote.status) >= rank(agreed),
  );
  if (voters.length < needed) return unknown(held, subject, now, 'The vantages disagree.');
  return {
    status: agreed,
    checked_at: time(nth(voters.map((vote) => -vote.checked).sort(ascending), needed), -1),
    changed_at: time(nth(voters.map((vote) => vote.changed).sort(ascending), needed), 1),
    valid_until: time(nth(voters.map((vote) => -vote.until).sort(ascending), needed), -1),
    vantages: voters.map((vote) => vote.vantage).sort(),
    detail: voters.find((vote) => vote.status === agreed)?.detail ?? null,
  };
}

/** The vantages with any fresh pulse: the watchers that are alive. */
export function liveVantages(pulses: Iterable<Pulse>, now: number): string[] {
  return [...new Set([...pulses].filter((pulse) => pulseEnd(pulse, now) > now).map((pulse) => pulse.vantage))].sort();
}

/** One vote per vantage: the one of its newest pulse, and none where that is stale or silent about the subject. */
function freshVotes(pulses: readonly Pulse[], subject: Subject, now: number): Vote[] {
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
function pulseEnd(pulse: Pulse, now: number): number {
  if (isAhead(pulse.at, now)) return Number.NEGATIVE_INFINITY;
  const end = Math.min(Date.parse(pulse.valid_until), Date.parse(pulse.at) + CLAIM_MAX_MS);
  return Number.isNaN(end) ? Number.NEGATIVE_INFINITY : end;
}

function unknown(pulses: readonly Pulse[], subject: Subject, now: number, detail: string | null): ObservedStatus {
  const checks = pulses
    .filter((pulse) => !isAhead(pulse.at, now))
    .flatMap((pulse) => observationOf(pulse, subject)?.checked_at ?? [])
    .filter((checked) => !isAhead(checked, now))
    .sort();
  const checked_at = checks.at(-1) ?? null;
  return { status: 'unknown', checked_at, changed_at: null, valid_until: null, vantages: [], detail };
}

/** The worst word where a pulse speaks of a subject twice. */
function observationOf(pulse: Pulse, subject: Subject): Observation | undefined {
  const found = pulse.observations.filter((observation) => observation.subject === subject);
  return found.sort((a, b) => rank(b.status) - rank(a.status))[0];
}

/** Not a time counts as ahead: it can never be believed. */
function isAhead(at: IsoTime, now: number): boolean {
  return !(Date.parse(at) <= now + AHEAD_MAX_MS);
}

function rank(status: ComponentStatus): number {
  return COMPONENT_STATUSES.indexOf(status);
}

function ascending(a: number, b: number): number {
  return a - b;
}

function nth(sorted: readonly number[], n: number): number {
  return sorted[n - 1] ?? Number.NaN;
}

function time(value: number, sign: 1 | -1): IsoTime | null {
  return Number.isNaN(value) ? null : isoTime(value * sign);
}
