import type { IsoTime } from '../model/clock.ts';
import type { Messages } from './messages.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NEAR_MS = 12 * HOUR_MS;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * Time and zone, e.g. "22 Nov, 03:12:40 UTC"; without the day where `now` is given and near. The text itself where it is no
 * time.
 */
export function absoluteTime(time: IsoTime, messages: Messages, timeZone: string, now?: number): string {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return time;
  const near = now !== undefined && Math.abs(now - ms) < NEAR_MS;
  const key = `${messages.locale} ${timeZone} ${near}`;
  const format = formats.get(key) ?? makeFormat(messages.locale, timeZone, near);
  formats.set(key, format);
  return format.format(ms);
}

function makeFormat(locale: string, timeZone: string, near: boolean): Intl.DateTimeFormat {
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' } as const;
  const options = near ? time : ({ day: 'numeric', month: 'short', ...time } as const);
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone });
  } catch {
    // A zone that this browser does not know: UTC is always right, and says so.
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
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
