import type { IsoTime } from '../../model/clock.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a zone is called at `ms`; a format is dear to make and cheap to use. */
function nameOf(ms: number, zone: string, locale: string, timeZoneName: 'short' | 'longOffset'): string {
  if (zone === 'Etc/UTC') return 'UTC';
  const key = `${zone} ${locale} ${timeZoneName}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName });
  formats.set(key, format);
  return format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** What clocks in an IANA zone show at `ms` (Unix), and how far they are ahead of UTC, in minutes. */
export function wallClock(ms: number, zone: string): { readonly wall: Date; readonly offset: number } {
  const name = nameOf(ms, zone, 'en-US', 'longOffset');
  const [, sign, hours, minutes = '0'] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  const offset = sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return { wall: new Date(ms + offset * 60_000), offset };
}

/** `-08:00` or, without the colon, `-0800`. */
export function offsetText(offset: number, colon = ':'): string {
  const two = (count: number) => String(count).padStart(2, '0');
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${colon}${two(size % 60)}`;
}

/**
 * A time as Statuspage writes it: in the page's zone, with three digits of milliseconds. `Z` where that is UTC, also for the
 * winter of Europe/London: `+00:00` is what no consumer has ever seen there.
 */
export function zonedTime(time: IsoTime, zone: string): string {
  const { wall, offset } = wallClock(Date.parse(time), zone);
  return `${wall.toISOString().slice(0, -1)}${offset === 0 ? 'Z' : offsetText(offset)}`;
}

/** The zone's abbreviation at `ms` (Unix), as clocks there are called: `UTC`, `PST`, `CET`, or `-03` where there is none. */
export function zoneName(ms: number, zone: string): string {
  const names = ['en-US', 'en-GB'].map((locale) => nameOf(ms, zone, locale, 'short'));
  const name = names.find((one) => /^[A-Z]{2,5}$/.test(one));
  return name ?? offsetText(wallClock(ms, zone).offset, '').replace(/00$/, '');
}
