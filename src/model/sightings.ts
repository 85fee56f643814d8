import type { SignedEvent } from './event.ts';
import { CLAIM_MAX_MS } from './freshness.ts';
import { publicEvents } from './public-event.ts';
import type { Pulse, Subject } from './pulse.ts';
import { isObservation } from './pulse-form.ts';
import type { Roster } from './roster.ts';
import type { ComponentStatus } from './status.ts';
import { newestWords, pulseEnd, type Word } from './vantage-vote.ts';

/** From `at` (Unix ms) on, a vantage said `status` of a subject; null: from then on it says nothing that counts. */
export interface Sighting {
  readonly vantage: string;
  readonly at: number;
  readonly status: ComponentStatus | null;
}

/**
 * All that the watchers ever said of each of `subjects` and until when it held: the transitions in the log, and the end of the
 * latest `pulses` (trusted ones). The oldest first. `now` in Unix ms: what it says of later times is left out.
 */
export function sightingsOf(
  events: readonly SignedEvent[],
  pulses: readonly Pulse[],
  roster: Roster,
  subjects: ReadonlySet<Subject>,
  now: number,
): ReadonlyMap<Subject, readonly Sighting[]> {
  const transitions = transitionsIn(events, roster).filter(({ subject, at }) => subjects.has(subject) && at <= now);
  const bySubject = Map.groupBy(transitions, ({ subject }) => subject);
  return new Map(
    [...subjects].map((subject) => {
      const said = Map.groupBy(bySubject.get(subject) ?? [], ({ vantage }) => vantage);
      const last = new Map(newestWords(pulses, subject, now).map((word) => [word.pulse.vantage, word]));
      const vantages = new Set([...said.keys(), ...last.keys()]);
      const all = [...vantages].flatMap((vantage): readonly Sighting[] => {
        const words = said.get(vantage) ?? [];
        const word = last.get(vantage);
        return [...words, ...(word === undefined ? leaves(words) : lastWord(word, now))];
      });
      return [subject, all.toSorted((a, b) => a.at - b.at)];
    }),
  );
}

interface Transition extends Sighting {
  readonly subject: Subject;
}

function transitionsIn(events: readonly SignedEvent[], roster: Roster): readonly Transition[] {
  return [...publicEvents(events, roster).values()].flatMap(({ pubkey, content }): readonly Transition[] => {
    const { type, at, body } = content;
    if (type !== 'observation' || !isObservation(body)) return [];
    const vantage = roster.keys.get(pubkey)?.vantage ?? null;
    const time = Date.parse(body.changed_at ?? at);
    if (vantage === null || Number.isNaN(time)) return [];
    return [{ vantage, subject: body.subject, at: time, status: body.status }];
  });
}

/** A watcher whose pulse is not held any more was taken out of service: that is no gap. */
function leaves(words: readonly Sighting[]): readonly Sighting[] {
  const last = words.reduce<Sighting | undefined>((a, b) => (a === undefined || b.at > a.at ? b : a), undefined);
  return last === undefined ? [] : [{ ...last, status: null }];
}

function lastWord({ pulse, observation }: Word, now: number): readonly Sighting[] {
  const { vantage } = pulse;
  const { status, checked_at, changed_at } = observation;
  // Not tried yet: whatever was said before it says more.
  if (status === 'unknown' && changed_at === null) return [];
  const made = Date.parse(pulse.at);
  const end = Math.min(pulseEnd(pulse, now), Date.parse(checked_at ?? pulse.at) + CLAIM_MAX_MS);
  const said = { vantage, at: Math.min(changed_at === null ? made : Date.parse(changed_at), made), status };
  return end > now ? [said] : [said, { vantage, at: Math.max(end, said.at), status: 'unknown' }];
}
