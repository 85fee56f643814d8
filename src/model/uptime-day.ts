import { DAY_LEVELS, type DayLevel } from './uptime.ts';

/** Seconds of one UTC day: for how long it was watched at all, and how much of that was trouble of each kind. */
export interface DaySeconds {
  readonly watched: number;
  readonly degraded: number;
  readonly partial: number;
  readonly major: number;
}

/** A partial outage counts this much of a major one, as on Statuspage. */
const PARTIAL_WEIGHT = 0.3;
/** Trouble of less than a minute in a whole day changes neither its level nor its minutes. */
const LASTED_SECONDS = 60;

/** The seconds that count as down: major outage, and three tenths of partial outage. */
export function downSeconds({ major, partial }: DaySeconds): number {
  return major + PARTIAL_WEIGHT * partial;
}

/** The worst level that, together with what was worse, lasted for at least a minute. */
function dayLevel({ major, partial, degraded }: DaySeconds): DayLevel {
  if (major >= LASTED_SECONDS) return 'major_outage';
  if (major + partial >= LASTED_SECONDS) return 'partial_outage';
  return major + partial + degraded >= LASTED_SECONDS ? 'degraded_performance' : 'operational';
}

/**
 * One day from what the watchers saw and what incidents declared: the worse of the two, in level and in whole minutes down.
 * A day that nobody watched is never operational.
 */
export function dayOfUptime(
  seen: DaySeconds | undefined,
  declared: DaySeconds,
): readonly [level: number, down: number] {
  const told = dayLevel(declared);
  if (seen === undefined && told === 'operational') return [DAY_LEVELS.indexOf('unwatched'), 0];
  const levels = seen === undefined ? [told] : [told, dayLevel(seen)];
  const down = Math.max(downSeconds(declared), seen === undefined ? 0 : downSeconds(seen));
  return [Math.max(...levels.map((level) => DAY_LEVELS.indexOf(level))), Math.floor(down / 60)];
}
