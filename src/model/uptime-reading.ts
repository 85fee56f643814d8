import type { IsoTime } from './clock.ts';
import { DAY_LEVELS, type DayLevel, type DayRun, type Uptime } from './uptime.ts';

const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * 60_000;

/** What is told of one day, or of several on end that were alike. */
export interface DayFact {
  readonly level: DayLevel;
  /** Minutes of each day that count as down. */
  readonly down: number;
}

/** A stretch of days with trouble: first and last, YYYY-MM-DD. */
export interface BadDays extends DayFact {
  readonly from: string;
  readonly to: string;
}

export function dayCount(runs: readonly DayRun[]): number {
  return runs.reduce((sum, [days]) => sum + days, 0);
}

/** Days that somebody watched. */
export function watchedDays(runs: readonly DayRun[]): number {
  return dayCount(runs.filter(([, level]) => levelOf(level) !== 'unwatched'));
}

/** The share of watched time that was not down, 0 to 1; null where no day was watched: no data is no uptime. */
export function uptimeShare(runs: readonly DayRun[]): number | null {
  const watched = watchedDays(runs);
  if (watched === 0) return null;
  const down = runs.reduce((sum, [days, level, minutes]) => {
    return levelOf(level) === 'unwatched' ? sum : sum + days * minutes;
  }, 0);
  return Math.max(0, 1 - down / (watched * DAY_MINUTES));
}

/** The day at `index`, 0 being the oldest; null outside. */
export function dayAt(runs: readonly DayRun[], index: number): DayFact | null {
  let before = 0;
  for (const [days, level, down] of runs) {
    if (index >= before && index < before + days) return { level: levelOf(level), down };
    before += days;
  }
  return null;
}

/** YYYY-MM-DD of the day at `index`. */
export function dateAt({ until }: Pick<Uptime, 'until'>, runs: readonly DayRun[], index: number): string {
  const last = Date.parse(`${until}T00:00:00.000Z` satisfies IsoTime);
  const ms = last - (dayCount(runs) - 1 - index) * DAY_MS;
  return Number.isNaN(ms) ? until : new Date(ms).toISOString().slice(0, 10);
}

/** Days that were watched and not wholly operational, the newest first. */
export function badDays(uptime: Pick<Uptime, 'until'>, runs: readonly DayRun[]): readonly BadDays[] {
  let before = 0;
  const found = runs.flatMap(([days, place, down]): BadDays[] => {
    const [from, to] = [before, before + days - 1];
    before += days;
    const level = levelOf(place);
    if (level === 'unwatched' || level === 'operational') return [];
    return [{ level, down, from: dateAt(uptime, runs, from), to: dateAt(uptime, runs, to) }];
  });
  return found.toReversed();
}

/** A level that this version does not know is shown as a day without data, never as a good one. */
export function levelOf(place: number): DayLevel {
  return DAY_LEVELS[place] ?? 'unwatched';
}
