import { daysBefore } from './days.ts';
import { declaredDays } from './declared-days.ts';
import type { SignedEvent } from './event.ts';
import type { Roster } from './roster.ts';
import type { StatedSite } from './site.ts';
import type { PublicIncident } from './snapshot.ts';
import type { DayRun, Uptime } from './uptime.ts';
import { dayOfUptime } from './uptime-day.ts';
import { watchedDays } from './watched-days.ts';

const DAYS = 90;
/** Earlier than any roll-up. */
const EVER = '2020-01-01';

/**
 * The uptime of every component over the last 90 whole UTC days before `now` (Unix ms): each day the greater downtime of what
 * the watchers saw (`day` events among `events`) and what incidents declared. Pure; any order, any repetition.
 */
export function foldUptime(
  events: Iterable<SignedEvent>,
  roster: Roster,
  site: StatedSite,
  incidents: readonly PublicIncident[],
  now: number,
): Uptime {
  const days = daysBefore(now, EVER, DAYS);
  const [seen, declared] = [watchedDays(events, roster), declaredDays(incidents)];
  const components = site.components.map(({ id }) => {
    const each = days.map((day) => dayOfUptime(seen(id, day), declared(id, day)));
    return [id, runsOf(each)] as const;
  });
  return {
    until: days.at(-1) ?? '',
    components: Object.fromEntries(components.filter(([, runs]) => runs.some(([, level]) => level > 0))),
  };
}

function runsOf(days: readonly (readonly [level: number, down: number])[]): readonly DayRun[] {
  const runs: [days: number, level: number, down: number][] = [];
  for (const [level, down] of days) {
    const last = runs.at(-1);
    if (last?.[1] === level && last[2] === down) last[0] += 1;
    else runs.push([1, level, down]);
  }
  return runs;
}
