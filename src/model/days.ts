import type { IsoTime } from './clock.ts';
import { COMPONENT_STATUSES, type ComponentStatus } from './status.ts';

const DAY_MS = 86_400_000;

/** From `at` (milliseconds) on, a watcher saw `status`. */
export interface Change {
  readonly at: number;
  readonly status: ComponentStatus;
}

/** `2026-11-22`, in UTC. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** First millisecond of a UTC day. */
export function dayStart(day: string): number {
  return Date.parse(`${day}T00:00:00.000Z` satisfies IsoTime);
}

/** The first midnight (UTC) after `ms`. */
export function nextMidnight(ms: number): number {
  return dayStart(dayOf(ms)) + DAY_MS;
}

/** The whole days from `first` up to yesterday, oldest first, at most the newest `most`. */
export function daysBefore(now: number, first: string, most: number): string[] {
  const days: string[] = [];
  for (let at = dayStart(dayOf(now)) - DAY_MS; at >= dayStart(first) && days.length < most; at -= DAY_MS) {
    days.unshift(dayOf(at));
  }
  return days;
}

/**
 * Whole seconds spent in each status between `from` and `until` (milliseconds), adding up to the whole span.
 * Before the first change the status is unknown: what nobody watched was not up.
 */
export function secondsByStatus(
  changes: readonly Change[],
  from: number,
  until: number,
): Partial<Record<ComponentStatus, number>> {
  const ordered = [...changes].filter((change) => change.at < until).sort((a, b) => a.at - b.at);
  const seconds = new Map<ComponentStatus, number>();
  let status: ComponentStatus = 'unknown';
  let since = from;
  for (const change of [...ordered, { at: until, status: 'unknown' as const }]) {
    const at = Math.max(change.at, from);
    // Rounding the two edges, not the span, keeps the sum exact.
    const spent = Math.round((at - from) / 1000) - Math.round((since - from) / 1000);
    if (spent > 0) seconds.set(status, (seconds.get(status) ?? 0) + spent);
    [status, since] = [change.status, at];
  }
  return Object.fromEntries(
    COMPONENT_STATUSES.flatMap((name) => (seconds.has(name) ? [[name, seconds.get(name) ?? 0]] : [])),
  );
}
