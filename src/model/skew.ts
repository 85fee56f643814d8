import { AHEAD_MAX_MS } from './freshness.ts';

/** An offset worth a sentence on the page: more than two minutes. */
export function isSkewed(offset: number | null): boolean {
  return offset !== null && Math.abs(offset) > AHEAD_MAX_MS;
}
