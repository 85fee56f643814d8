import type { IsoTime } from '../../model/clock.ts';

/** Making a format takes longer than a hundred uses of it. */
const numbers = new Map<string, Intl.NumberFormat>();
const times = new Map<string, Intl.DateTimeFormat>();

/** A number with the separators of the language. */
export function numberText(number: number, locale: string): string {
  const format = numbers.get(locale) ?? new Intl.NumberFormat(locale);
  numbers.set(locale, format);
  return format.format(number);
}

/** The command that checks the same from outside. */
export function commandFor(root: string, base: string | null): string {
  return `npx lifeboat verify --org ${root} ${base ?? 'https://…'}/`;
}

/** A time of the record with its year: in `timeZone`, and in UTC beside it where that is another clock. */
export function recordTime(time: IsoTime, locale: string, timeZone: string): string {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return time;
  const [own, utc] = [timeFormat(locale, timeZone).format(ms), timeFormat(locale, 'UTC').format(ms)];
  return own === utc ? `${utc} UTC` : `${own} (${utc} UTC)`;
}

function timeFormat(locale: string, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`;
  const format =
    times.get(key) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone });
  times.set(key, format);
  return format;
}
