import { type IsoTime, isoTime } from './clock.ts';
import { isAhead } from './freshness.ts';
import type { Pulse, Subject } from './pulse.ts';
import type { ComponentStatus } from './status.ts';
import { freshVotes, pulseEnd, rank } from './vantage-vote.ts';

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

/**
 * The most cautious status that a quorum of fresh vantages agrees on. A vantage that says "unknown" does not vote; the quorum
 * is capped at the vantages that do. Operational needs a quorum that says exactly that: disagreement is unknown, never green.
 * `pulses` must be trusted ones (see `trustedPulses`); `now` in milliseconds.
 */
export function observedStatus(pulses: Iterable<Pulse>, subject: Subject, quorum: number, now: number): ObservedStatus {
  const held = [...pulses];
  const votes = freshVotes(held, subject, now);
  const { status, voters, needed } = agreement(votes, quorum);
  if (status === 'unknown') {
    const disagree = votes.some((vote) => vote.status !== 'unknown');
    return unknown(held, subject, now, disagree ? 'The vantages disagree.' : (votes[0]?.detail ?? null));
  }
  return {
    status,
    checked_at: time(nth(voters.map((vote) => -vote.checked).sort(ascending), needed), -1),
    changed_at: time(
      nth(
        voters.map(({ changed }) => (Number.isNaN(changed) ? Number.POSITIVE_INFINITY : changed)).sort(ascending),
        needed,
      ),
      1,
    ),
    valid_until: time(nth(voters.map((vote) => -vote.until).sort(ascending), needed), -1),
    vantages: voters.map((vote) => vote.vantage).sort(),
    detail: voters.find((vote) => vote.status === status)?.detail ?? null,
  };
}

interface Agreement<Vote> {
  /** Unknown where no vantage knows, or where those who do disagree. */
  readonly status: ComponentStatus;
  /** Who says so, or worse. */
  readonly voters: readonly Vote[];
  readonly needed: number;
}

/** What a quorum of `votes`, one a vantage, agrees on. */
export function agreement<Vote extends { readonly status: ComponentStatus }>(
  votes: readonly Vote[],
  quorum: number,
): Agreement<Vote> {
  const known = votes.filter(({ status }) => status !== 'unknown').toSorted((a, b) => rank(b.status) - rank(a.status));
  const needed = Math.max(1, Math.min(quorum, known.length));
  const status = known[needed - 1]?.status ?? 'unknown';
  const voters = known.filter((vote) =>
    status === 'operational' ? vote.status === status : rank(vote.status) >= rank(status),
  );
  return { status: voters.length < needed ? 'unknown' : status, voters, needed };
}

/** The vantages with any fresh pulse: the watchers that are alive. */
export function liveVantages(pulses: Iterable<Pulse>, now: number): string[] {
  return [...new Set([...pulses].filter((pulse) => pulseEnd(pulse, now) > now).map((pulse) => pulse.vantage))].sort();
}

function unknown(pulses: readonly Pulse[], subject: Subject, now: number, detail: string | null): ObservedStatus {
  const checks = pulses
    .filter((pulse) => !isAhead(pulse.at, now))
    .flatMap(({ observations }) => observations.filter((one) => one.subject === subject))
    .flatMap(({ checked_at }) => checked_at ?? [])
    .filter((checked) => !isAhead(checked, now))
    .sort();
  const checked_at = checks.at(-1) ?? null;
  return { status: 'unknown', checked_at, changed_at: null, valid_until: null, vantages: [], detail };
}

function ascending(a: number, b: number): number {
  return a - b;
}

function nth(sorted: readonly number[], n: number): number {
  return sorted[n - 1] ?? Number.NaN;
}

function time(value: number, sign: 1 | -1): IsoTime | null {
  return Number.isFinite(value) ? isoTime(value * sign) : null;
}
