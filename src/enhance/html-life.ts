import { AHEAD_MAX_MS } from '../model/freshness.ts';

/**
 * Whether the server's HTML may still be shown as it is at `now` (Unix ms, by the device). By a clock that is behind it would
 * live too long: it is not believed when it is ahead of that clock, nor when it is over by the host's (`offset` in ms, negative:
 * the device is behind), and no longer than its claims last after it was opened (`sinceOpened` in ms).
 */
export function isAlive({ seq, made, until }: DOMStringMap, offset: number, now: number, sinceOpened: number): boolean {
  if (seq === undefined) return false;
  const isMade = Number(made) <= now + AHEAD_MAX_MS;
  return isMade && now - Math.min(offset, 0) < Number(until) && sinceOpened < Number(until) - Number(made);
}
