import { AHEAD_MAX_MS } from './freshness.ts';

/** How far this device's clock is from a host's, in ms (positive: the device is ahead); null when the host said no time. */
export function clockOffset(date: string | null, ageSeconds: string | null, receivedAt: number): number | null {
  const sent = Date.parse(date ?? '');
  if (Number.isNaN(sent)) return null;
  // A cache in between keeps the first Date and counts the time since in Age.
  const age = Number(ageSeconds ?? 0);
  return receivedAt - (sent + (Number.isFinite(age) && age > 0 ? age * 1000 : 0));
}

/** An offset worth a sentence on the page: more than two minutes. */
export function isSkewed(offset: number | null): boolean {
  return offset !== null && Math.abs(offset) > AHEAD_MAX_MS;
}
