import { dayStart } from '../model/days.ts';
import { kept } from './kept.ts';

const MINUTE_MS = 60_000;
const UNITS = [
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
] as const;

const wholeDays = kept((locale: string) => {
  const fields = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return new Intl.DateTimeFormat(locale, { ...fields, timeZone: 'UTC' });
});
const shortDays = kept(
  (locale: string) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }),
);
const lengths = kept((locale: string) =>
  kept((unit: string) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })),
);

/** A calendar day (YYYY-MM-DD), e.g. "Sunday, 22 November 2026"; the text itself where it is no day. */
export function dayTitle(day: string, locale: string): string {
  const ms = dayStart(day);
  return Number.isNaN(ms) ? day : wholeDays(locale).format(ms);
}

/** Days from `from` to `until`, e.g. "14–20 November"; one day where they are the same. */
export function daysTitle(from: string, until: string, locale: string): string {
  return shortDays(locale).formatRange(dayStart(from), dayStart(until));
}

/** How long from one ISO time to another, in its two largest units, e.g. "1 hour 12 minutes"; null under a minute, or where unreadable. */
export function lengthText(from: string, until: string, locale: string): string | null {
  let minutes = Math.floor((Date.parse(until) - Date.parse(from)) / MINUTE_MS);
  if (!(minutes >= 1)) return null;
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(minutes / size);
    minutes -= count * size;
    if (count > 0) parts.push(lengths(locale)(unit).format(count));
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(' ');
}
