import type { IsoTime } from './clock.ts';
import { dayOf, dayStart } from './days.ts';

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** `YYYY-MM-DD` of a time (Unix ms) on the calendar of an IANA zone; of UTC where the zone is not known here. */
export function localDay(ms: number, timeZone: string): string {
  const format = formats.get(timeZone) ?? makeFormat(timeZone);
  formats.set(timeZone, format);
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat {
  const fields = { calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: '2-digit', day: '2-digit' };
  try {
    return new Intl.DateTimeFormat('en', { ...fields, timeZone } as Intl.DateTimeFormatOptions);
  } catch {
    // A zone that this device does not know; its times are printed in UTC too, and say so.
    return new Intl.DateTimeFormat('en', { ...fields, timeZone: 'UTC' } as Intl.DateTimeFormatOptions);
  }
}

/** Of a text that is no time, its own beginning: such an entry is still shown, on one day. */
export function localDayOf(time: IsoTime, timeZone: string): string {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? time.slice(0, 10) : localDay(ms, timeZone);
}

export function addDays(day: string, count: number): string {
  return dayOf(dayStart(day) + count * DAY_MS);
}

/** `YYYY-MM`. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** The UTC days that a zone's day has a share in: itself, and the one before or after it where the zone is ahead or behind. */
export function utcDaysOf(day: string, timeZone: string): readonly string[] {
  const isAhead = localDay(dayStart(day) - 1, timeZone) === day;
  const isBehind = localDay(dayStart(day) + DAY_MS, timeZone) === day;
  return [...(isAhead ? [addDays(day, -1)] : []), day, ...(isBehind ? [addDays(day, 1)] : [])];
}
