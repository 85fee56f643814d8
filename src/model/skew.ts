import { AHEAD_MAX_MS } from './freshness.ts';

/** An offset worth a sentence on the page: more than two minutes. */
export function isSkewed(offset: number | null): boolean {
  return offset !== null && Math.abs(offset) > AHEAD_MAX_MS;
}

/** The time, in Unix ms: by the device's clock (`now`), or by the others' where it is far behind theirs (`offset` in ms, negative). */
export function laterOf(now: number, offset: number | null): number {
  return offset !== null && offset < -AHEAD_MAX_MS ? now - offset : now;
}

/** Of two offsets in ms (null: unknown) the one that finds the device's clock less wrong, for that clock is a witness too. */
export function lessWrong(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && Math.abs(b) < Math.abs(a)) ? b : a;
}
