import { AHEAD_MAX_MS, CLAIM_MAX_MS, isAhead } from './freshness.ts';
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

/** A pulse, and what it says of one subject. */
export interface Word {
  readonly pulse: Pulse;
  readonly observation: Observation;
}

/**
 * Of each vantage the word of its newest pulse that speaks of `subject`: the parts of a pulse come one by one, and a part that
 * is silent about the subject takes nothing back. What is ahead of `now` (milliseconds) is left out.
 */
export function newestWords(pulses: Iterable<Pulse>, subject: Subject, now: number): readonly Word[] {
  const newest = new Map<string, Word>();
  for (const pulse of pulses) {
    if (isAhead(pulse.at, now)) continue;
    for (const observation of pulse.observations) {
      if (observation.subject !== subject) continue;
      const [word, other] = [{ pulse, observation }, newest.get(pulse.vantage)];
      if (other === undefined || replaces(word, other)) newest.set(pulse.vantage, word);
    }
  }
  return [...newest.values()];
}

/** Newer, or the worse word of the same moment: so the order in which they came decides nothing. */
function replaces(word: Word, other: Word): boolean {
  const later = Date.parse(word.pulse.at) - Date.parse(other.pulse.at);
  return later > 0 || (later === 0 && rank(word.observation.status) > rank(other.observation.status));
}

/** One vote per vantage, in the order of their names: its newest word, and none where that is stale or there is none. */
export function freshVotes(pulses: Iterable<Pulse>, subject: Subject, now: number): Vote[] {
  const votes = newestWords(pulses, subject, now).flatMap((word) => {
    const vote = voteOf(word, now);
    return vote && vote.until > now ? [vote] : [];
  });
  return votes.sort((a, b) => (a.vantage < b.vantage ? -1 : 1));
}

function voteOf({ pulse, observation }: Word, now: number): Vote | undefined {
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
export function pulseEnd(pulse: Pick<Pulse, 'at' | 'valid_until'>, now: number): number {
  if (isAhead(pulse.at, now)) return Number.NEGATIVE_INFINITY;
  const end = Math.min(Date.parse(pulse.valid_until), Date.parse(pulse.at) + CLAIM_MAX_MS);
  return Number.isNaN(end) ? Number.NEGATIVE_INFINITY : end;
}

export function rank(status: ComponentStatus): number {
  return COMPONENT_STATUSES.indexOf(status);
}
