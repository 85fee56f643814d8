import { dayStart, nextMidnight } from './days.ts';
import type { Affected, PublicIncident } from './snapshot.ts';
import { type ComponentStatus, isOpenIncident } from './status.ts';
import type { DaySeconds } from './uptime-day.ts';

/** What an incident said of a component, from an update to the next; in Unix ms. */
interface Span {
  readonly component: string;
  readonly status: ComponentStatus;
  readonly from: number;
  readonly until: number;
}

/**
 * What incidents declared of a component on a UTC day, where several overlap the worst of them. An update speaks from the time
 * at which its author says that it happened until the next one, so what is written afterwards counts in the days it is about.
 */
export function declaredDays(incidents: readonly PublicIncident[]): (component: string, day: string) => DaySeconds {
  const spans = Map.groupBy(incidents.flatMap(spansOf), ({ component }) => component);
  return (component, day) => {
    const from = dayStart(day);
    const until = nextMidnight(from);
    const touching = (spans.get(component) ?? []).filter((span) => span.from < until && span.until > from);
    const [major = 0, partial = 0, degraded = 0] = TROUBLES.map((statuses) =>
      covered(
        touching.filter(({ status }) => statuses.includes(status)),
        from,
        until,
      ),
    );
    return { watched: 0, major, partial: partial - major, degraded: degraded - partial };
  };
}

/** Each with what is worse: so much of a day was at least as bad. */
const TROUBLES: readonly (readonly ComponentStatus[])[] = [
  ['major_outage'],
  ['major_outage', 'partial_outage'],
  ['major_outage', 'partial_outage', 'degraded_performance'],
];

function spansOf(incident: PublicIncident): readonly Span[] {
  const told = incident.updates
    .filter(({ retracted }) => retracted === undefined)
    .toReversed()
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return told.flatMap((update, place) => {
    const next = told[place + 1];
    // Until something is said after it, an incident speaks as the fold of all its authors has it.
    const stands: readonly Affected[] = next === undefined ? incident.components : (update.components ?? []);
    const status = next === undefined ? incident.status : update.status;
    if (!isOpenIncident(status)) return [];
    const [from, until] = [Date.parse(update.at), next === undefined ? Number.POSITIVE_INFINITY : Date.parse(next.at)];
    return stands.map((word) => ({ component: word.id, status: word.status, from, until }));
  });
}

/** Whole seconds between `from` and `until` that at least one of the spans covers. */
function covered(spans: readonly Span[], from: number, until: number): number {
  let [total, reached] = [0, from];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const [start, end] = [Math.max(span.from, reached), Math.min(span.until, until)];
    if (end <= start) continue;
    total += end - start;
    reached = end;
  }
  return Math.floor(total / 1000);
}
