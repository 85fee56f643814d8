import type { IsoTime } from '../../model/clock.ts';

/** A number with the separators of the language. */
export function numberText(number: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(number);
}

/** The command that checks the same from outside. */
export function commandFor(root: string, base: string | null): string {
  return `npx lifeboat verify --org ${root} ${base ?? 'https://…'}/`;
}

/** A time of the record with its year: in `timeZone`, and in UTC beside it where that is another clock. */
export function recordTime(time: IsoTime, locale: string, timeZone: string): string {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return time;
  const inZone = (zone: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: zone }).format(ms);
  const [own, utc] = [inZone(timeZone), inZone('UTC')];
  return own === utc ? `${utc} UTC` : `${own} (${utc} UTC)`;
}
