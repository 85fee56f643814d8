/** What a whole day looked like: nobody watched it, or the worst that lasted. */
export type DayLevel = 'unwatched' | 'operational' | 'degraded_performance' | 'partial_outage' | 'major_outage';

/** So many days on end that were alike: `level` is a place in DAY_LEVELS, `down` the minutes that count as down in each. */
export type DayRun = readonly [days: number, level: number, down: number];

/** The last 90 whole UTC days, run-length, oldest first; by component id. A component that nobody watched is left out. */
export interface Uptime {
  /** The newest day, YYYY-MM-DD. */
  readonly until: string;
  readonly components: Readonly<Record<string, readonly DayRun[]>>;
}

export const DAY_LEVELS: readonly DayLevel[] = [
  'unwatched',
  'operational',
  'degraded_performance',
  'partial_outage',
  'major_outage',
];
