import { AHEAD_MAX_MS } from '../model/freshness.ts';

/**
 * Whether the server's HTML may still be shown as it is. By a clock that is behind it would live too long: it is not believed
 * when it is ahead of that clock, and no longer than its claims last after it was opened.
 */
export function isAlive({ seq, made, until }: DOMStringMap, now = Date.now(), open = performance.now()): boolean {
  if (seq === undefined) return false;
  return Number(made) <= now + AHEAD_MAX_MS && now < Number(until) && open < Number(until) - Number(made);
}
