import type { IsoTime } from '../model/clock.ts';
import type { Messages } from './messages.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Day, time and zone, e.g. "22 Nov, 03:12:40 UTC"; the text itself where it is no time. */
export function absoluteTime(time: IsoTime, messages: Messages, timeZone: string): string {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return time;
  const key = `${messages.locale} ${timeZone}`;
  const format = formats.get(key) ?? makeFormat(messages.locale, timeZone);
  formats.set(key, format);
  return format.format(ms);
}

function makeFormat(locale: string, timeZone: string): Intl.DateTimeFormat {
  const options = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZoneName: 'short', timeZone });
  } catch {
    // A zone that this browser does not know: UTC is always right, and says so.
    return new Intl.DateTimeFormat(locale, { ...options, timeZoneName: 'short', timeZone: 'UTC' });
  }
}

/** How long ago, in the largest whole unit; what lies ahead counts as now. */
export function age(time: IsoTime, now: number, messages: Messages): string {
  const ms = now - Date.parse(time);
  if (!(ms >= MINUTE_MS)) return messages.justNow;
  const format = new Intl.RelativeTimeFormat(messages.locale);
  if (ms < HOUR_MS) return format.format(-Math.floor(ms / MINUTE_MS), 'minute');
  if (ms < DAY_MS) return format.format(-Math.floor(ms / HOUR_MS), 'hour');
  return format.format(-Math.floor(ms / DAY_MS), 'day');
}
