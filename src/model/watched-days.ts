import { candidates, type History, historyOf } from './causality.ts';
import type { SignedEvent } from './event.ts';
import { type PublicEvent, publicEvents } from './public-event.ts';
import type { Roster } from './roster.ts';
import { type DaySeconds, downSeconds } from './uptime-day.ts';

/** What one vantage's roll-up says of each subject: seconds by status. Not yet judged. */
type Seconds = Readonly<Record<string, unknown>>;

const DAY_SECONDS = 86_400;

/**
 * What the watchers saw of a component on a UTC day, from their `day` events; undefined where nobody watched it for at least
 * half of that day. Of several vantages the median by downtime, of two the mean: one that is cut off does not speak for all.
 */
export function watchedDays(
  events: Iterable<SignedEvent>,
  roster: Roster,
): (component: string, day: string) => DaySeconds | undefined {
  const held = publicEvents(events, roster);
  const days = Map.groupBy(rollUpsOf(held, roster), ({ day }) => day);
  // Dear, and seldom needed: only where a vantage spoke twice of a day.
  let history: History | undefined;
  const historyNow = () => {
    history ??= historyOf(held);
    return history;
  };
  const rollUps = new Map([...days].map(([day, said]) => [day, vantagesOf(said, historyNow)]));
  return (component, day) => {
    const vantages = rollUps.get(day) ?? [];
    const sights = vantages.flatMap((lastWordsOn) =>
      mostCautious(lastWordsOn(component).flatMap((seconds) => sightOf(seconds, component))),
    );
    return middle(sights.filter(({ watched }) => watched * 2 >= DAY_SECONDS));
  };
}

interface RollUp {
  readonly id: string;
  readonly vantage: string;
  readonly day: string;
  readonly seconds: Seconds;
}

/** A watcher's vantage is the one that the roster names, whatever it says itself. */
function rollUpsOf(held: ReadonlyMap<string, PublicEvent>, roster: Roster): readonly RollUp[] {
  return [...held.values()].flatMap(({ id, pubkey, content }) => {
    const vantage = roster.keys.get(pubkey)?.vantage ?? null;
    if (content.type !== 'day' || vantage === null || !isRecord(content.body)) return [];
    const { day, seconds } = content.body;
    return typeof day === 'string' && isRecord(seconds) ? [{ id, vantage, day, seconds }] : [];
  });
}

type LastWords = (component: string) => readonly Seconds[];

/**
 * For each vantage what its last word on the day is, of those that speak of the component: a day may be told in several events, and
 * one that is silent takes nothing back. More than one where two were written without knowing of each other.
 */
function vantagesOf(said: readonly RollUp[], history: () => History): readonly LastWords[] {
  return [...Map.groupBy(said, ({ vantage }) => vantage).values()].map((all): LastWords => {
    const standing = new Map<string, readonly string[]>();
    return (component) => {
      const words = all.filter(({ seconds }) => Object.hasOwn(seconds, `component:${component}`));
      if (words.length < 2) return words.map(({ seconds }) => seconds);
      const ids = words.map(({ id }) => id);
      const key = ids.join();
      const last = standing.get(key) ?? candidates(ids, history());
      standing.set(key, last);
      return words.filter(({ id }) => last.includes(id)).map(({ seconds }) => seconds);
    };
  });
}

/** Empty where the roll-up does not tell of the component, or of more seconds than a day has. */
function sightOf(seconds: Seconds, component: string): readonly DaySeconds[] {
  const spent = seconds[`component:${component}`];
  if (!isRecord(spent)) return [];
  const of = (status: string) => (typeof spent[status] === 'number' ? spent[status] : 0);
  const all = Object.values(spent).map((one) => (typeof one === 'number' && one >= 0 ? one : Number.NaN));
  const total = all.reduce((sum, one) => sum + one, 0);
  if (!(total <= DAY_SECONDS)) return [];
  const [degraded, partial, major] = [of('degraded_performance'), of('partial_outage'), of('major_outage')];
  const watched = of('operational') + of('under_maintenance') + degraded + partial + major;
  return [{ watched, degraded, partial, major }];
}

function mostCautious(sights: readonly DaySeconds[]): readonly DaySeconds[] {
  return sights.toSorted(worseFirst).slice(0, 1);
}

function middle(sights: readonly DaySeconds[]): DaySeconds | undefined {
  const sorted = sights.toSorted(worseFirst);
  const [a, b] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (a === undefined || b === undefined) return undefined;
  const mean = (one: number, other: number) => Math.floor((one + other) / 2);
  return {
    watched: mean(a.watched, b.watched),
    degraded: mean(a.degraded, b.degraded),
    partial: mean(a.partial, b.partial),
    major: mean(a.major, b.major),
  };
}

/** Only what is equal in all that counts is left in any order. */
function worseFirst(a: DaySeconds, b: DaySeconds): number {
  return downSeconds(b) - downSeconds(a) || b.major - a.major || b.degraded - a.degraded || a.watched - b.watched;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
