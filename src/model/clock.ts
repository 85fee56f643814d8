/** Hybrid logical clock of an event: wall milliseconds and a counter within them. */
export type Hlc = readonly [ms: number, n: number];

/** ISO 8601 in UTC with three millisecond digits, e.g. `2026-11-22T03:12:40.000Z`. */
export type IsoTime = string;

/** Writing never advances the clock from an event more than this far ahead of the own clock. */
const HLC_MAX_AHEAD_MS = 10 * 60_000;

export function compareHlc(a: Hlc, b: Hlc): number {
  return a[0] - b[0] || a[1] - b[1];
}

/** The clock for the next own event: after `now` and after every trusted clock in `seen`. */
export function nextHlc(now: number, seen: Iterable<Hlc>): Hlc {
  let [ms, n]: [number, number] = [now, -1];
  for (const clock of seen) {
    if (clock[0] > now + HLC_MAX_AHEAD_MS) continue;
    if (clock[0] > ms || (clock[0] === ms && clock[1] > n)) [ms, n] = [clock[0], clock[1]];
  }
  return [ms, n + 1];
}

export function isoTime(ms: number): IsoTime {
  return new Date(ms).toISOString();
}
