import { kept } from '../../i18n/kept.ts';
import type { IsoTime } from '../../model/clock.ts';

const numbers = kept((locale: string) => new Intl.NumberFormat(locale));
const times = kept((locale: string) => kept((timeZone: string) => makeTimes(locale, timeZone)));

/** A number with the separators of the language. */
export function numberText(number: number, locale: string): string {
  return numbers(locale).format(number);
}

/** The command that checks the same from outside. */
export function commandFor(root: string, base: string | null): string {
  return `npx lifeboat verify --org ${root} ${base ?? 'https://…'}/`;
}

/** A time of the record with its year: in `timeZone`, and in UTC beside it where that is another clock. */
export function recordTime(time: IsoTime, locale: string, timeZone: string): string {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return time;
  const [own, utc] = [times(locale)(timeZone).format(ms), times(locale)('UTC').format(ms)];
  return own === utc ? `${utc} UTC` : `${own} (${utc} UTC)`;
}

function makeTimes(locale: string, timeZone: string): Intl.DateTimeFormat {
  const style = { dateStyle: 'medium', timeStyle: 'medium' } as const;
  try {
    return new Intl.DateTimeFormat(locale, { ...style, timeZone });
  } catch {
    // A zone that this browser does not know (Etc/Unknown, say): UTC is always right, and `recordTime` says so.
    return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' });
  }
}
