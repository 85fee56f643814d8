import type { BridgeMessages } from '../i18n/bridge-en.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time (ms) in its largest unit, rounded down: an age is never flattered by more than its own unit. */
export function spanText(span: number, words: BridgeMessages['time']): string {
  if (span < MINUTE) return words.seconds(Math.floor(span / 1000));
  if (span < HOUR) return words.minutes(Math.floor(span / MINUTE));
  if (span < 2 * DAY) return words.hours(Math.floor(span / HOUR));
  return words.days(Math.floor(span / DAY));
}
