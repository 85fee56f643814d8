import { type IsoTime, isoTime } from './clock.ts';
import type { SignedEvent } from './event.ts';
import { pulsesIn } from './folded.ts';
import { lastTold, type ToldStatuses } from './last-told.ts';
import type { Subject } from './pulse.ts';
import { agreement } from './pulses.ts';
import type { Roster } from './roster.ts';
import { type Sighting, sightingsOf } from './sightings.ts';
import type { StatedComponent, StatedSite } from './site.ts';
import type { PublicComponent } from './snapshot.ts';
import type { ComponentStatus } from './status.ts';

/** While nobody could say how some components were: their claims had run out, or the vantages disagreed. */
export interface BlindSpan {
  readonly from: IsoTime;
  /** Null: it goes on. */
  readonly until: IsoTime | null;
  /** Ids, in the site's order. */
  readonly components: readonly string[];
}

export interface Blindness {
  /** Spans that touch are one; the oldest first. The last may go on. */
  readonly spans: readonly BlindSpan[];
  /** Components that no watcher ever saw, and that are unknown since what people said of them ended: one for each such time. */
  readonly told: readonly BlindSpan[];
  /** Ids of components that are unknown because nobody ever said anything of them. */
  readonly never: readonly string[];
}

interface Span {
  readonly from: number;
  readonly until: number | null;
  readonly component: string;
}

/**
 * When the page was blind, from signed words alone, so that every publisher finds the same spans and a restart changes
 * nothing. `shown` are the components as the page shows them at `now` (Unix ms): what is under maintenance or in an incident is
 * not unknown, whatever the watchers can see. `said` is what people said, for what no watcher ever saw.
 */
export function blindness(
  events: readonly SignedEvent[],
  roster: Roster,
  site: StatedSite,
  shown: readonly PublicComponent[],
  said: ToldStatuses,
  now: number,
): Blindness {
  const subjects = new Set(site.components.filter(({ probed }) => probed).map(subjectOf));
  const sightings = sightingsOf(events, pulsesIn(events, roster), roster, subjects, now);
  // A person who says "unknown" has said something, and when.
  const unknown = new Set(
    shown.filter(({ status, changed_at }) => status === 'unknown' && changed_at === null).map(({ id }) => id),
  );
  const found = site.components.flatMap((component) => {
    const seen = sightings.get(subjectOf(component)) ?? [];
    const spans = spansOf(component.id, seen, site.quorum);
    const ended = spans.filter(({ until }) => until !== null);
    const last = seen.at(-1);
    if (!unknown.has(component.id) || last === undefined) return ended;
    const open = spans.at(-1)?.until === null ? spans.at(-1) : undefined;
    return [...ended, open ?? { from: last.at, until: null, component: component.id }];
  });
  const order = site.components.map(({ id }) => id);
  const unseen = order.filter(
    (id) => unknown.has(id) && !found.some((one) => one.component === id && one.until === null),
  );
  const last = lastTold(said);
  const byTime = Map.groupBy(unseen, (id) => last.get(id));
  const told = [...byTime].flatMap(([at, components]): readonly BlindSpan[] =>
    at === undefined ? [] : [{ from: isoTime(Math.min(at, now)), until: null, components }],
  );
  return { spans: joined(found, order), told, never: byTime.get(undefined) ?? [] };
}

function subjectOf({ id }: StatedComponent): Subject {
  return `component:${id}`;
}

/** Only where some vantage is in service: before the first word there is nothing that could have run out. */
function spansOf(component: string, said: readonly Sighting[], quorum: number): readonly Span[] {
  const current = new Map<string, ComponentStatus>();
  const spans: Span[] = [];
  let since: number | null = null;
  for (const [at, words] of Map.groupBy(said, (one) => one.at)) {
    for (const { vantage, status } of words) {
      if (status === null) current.delete(vantage);
      else current.set(vantage, status);
    }
    const votes = [...current.values()].map((status) => ({ status }));
    const isBlind = votes.length > 0 && agreement(votes, quorum).status === 'unknown';
    if (isBlind) since ??= at;
    else if (since !== null) {
      spans.push({ from: since, until: at, component });
      since = null;
    }
  }
  return since === null ? spans : [...spans, { from: since, until: null, component }];
}

function joined(spans: readonly Span[], order: readonly string[]): readonly BlindSpan[] {
  const groups: { from: number; until: number; components: Set<string> }[] = [];
  for (const { from, until, component } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = groups.at(-1);
    const end = until ?? Number.POSITIVE_INFINITY;
    if (last === undefined || from > last.until) groups.push({ from, until: end, components: new Set([component]) });
    else {
      last.until = Math.max(last.until, end);
      last.components.add(component);
    }
  }
  return groups.map(({ from, until, components }) => ({
    from: isoTime(from),
    until: until === Number.POSITIVE_INFINITY ? null : isoTime(until),
    components: order.filter((id) => components.has(id)),
  }));
}
