import type { IsoTime } from '../model/clock.ts';
import { kept } from './kept.ts';
import type { Messages } from './messages.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NEAR_MS = 12 * HOUR_MS;
/** Beyond this a day without its year could be another one. */
const FAR_MS = 180 * DAY_MS;

const MINUTE = { hour: '2-digit', minute: '2-digit' } as const;
const SECOND = { ...MINUTE, second: '2-digit' } as const;
const DATE = { day: 'numeric', month: 'short' } as const;
const FORMS = {
  minute: MINUTE,
  near: SECOND,
  full: { ...DATE, ...SECOND },
  dated: { ...DATE, year: 'numeric', ...SECOND },
  planned: { weekday: 'short', ...DATE, ...MINUTE },
  plannedDated: { weekday: 'short', ...DATE, year: 'numeric', ...MINUTE },
  day: { weekday: 'short', ...DATE },
  month: { month: 'long', year: 'numeric' },
} as const;

interface Style {
  readonly form: keyof typeof FORMS;
  readonly locale: string;
  readonly timeZone: string | null;
  /** The zone's name behind the time. */
  readonly named: boolean;
}

/**
 * Time and zone, e.g. "22 Nov, 03:12:40 UTC"; without the day where `now` is given and near. The text itself where it is no
 * time.
 */
export function absoluteTime(time: IsoTime, { locale }: Messages, timeZone: string | null, now?: number): string {
  return print(time, { form: formFor(time, now), locale, timeZone, named: true });
}

/**
 * As `absoluteTime`, with UTC beside it where the zone's clock shows something else. `own`: the zone is the reader's, and needs
 * no name then: "00:12:40 (03:12 UTC)".
 */
export function timeWithUtc(
  time: IsoTime,
  messages: Messages,
  { timeZone, now, own }: { readonly timeZone: string | null; readonly now?: number; readonly own: boolean },
): string {
  const beside = utcBeside(time, messages, timeZone);
  // Plain HTML may be read in any year.
  const form = own ? formFor(time, now) : 'dated';
  const style = { form, locale: messages.locale, timeZone, named: !own || beside === '' };
  return print(time, style) + beside;
}

/** What people planned: with the weekday, to the minute, in the zone and in UTC. */
export function plannedTime(time: IsoTime, messages: Messages, timeZone: string | null, now?: number): string {
  const beside = utcBeside(time, messages, timeZone);
  const form = formFor(time, now) === 'dated' ? 'plannedDated' : 'planned';
  return print(time, { form, locale: messages.locale, timeZone, named: true }) + beside;
}

/** From when to when people planned something, in the zone and in UTC. */
export function plannedSpan(
  from: IsoTime,
  until: IsoTime,
  { locale }: Messages,
  { timeZone, own }: { readonly timeZone: string | null; readonly own: boolean },
): string {
  const ends = [Date.parse(from), Date.parse(until)] as const;
  if (timeZone === null || ends.some(Number.isNaN)) return `${plain(from)} – ${plain(until)}`;
  const span = (zone: string, named: boolean) =>
    formatOf({ form: 'planned', locale, timeZone: zone, named }).formatRange(...ends);
  if (isUtc(from, timeZone) && isUtc(until, timeZone)) return span(timeZone, true);
  return `${span(timeZone, !own)} (${span('UTC', true)})`;
}

/** A UTC day (YYYY-MM-DD), e.g. "Sat 21 Nov". */
export function dayText(day: string, { locale }: Messages): string {
  return print(`${day}T12:00:00.000Z`, { form: 'day', locale, timeZone: 'UTC', named: false });
}

/** A month (YYYY-MM), e.g. "November 2026". */
export function monthText(month: string, { locale }: Messages): string {
  return print(`${month}-01T12:00:00.000Z`, { form: 'month', locale, timeZone: 'UTC', named: false });
}

function formFor(time: IsoTime, now: number | undefined): 'near' | 'full' | 'dated' {
  const away = now === undefined ? NEAR_MS : Math.abs(now - Date.parse(time));
  if (away < NEAR_MS) return 'near';
  return away > FAR_MS ? 'dated' : 'full';
}

/** " (03:12 UTC)", with the day where that is another one there; nothing where the zone's clock is UTC's. */
function utcBeside(time: IsoTime, { locale }: Messages, timeZone: string | null): string {
  if (timeZone === null || isUtc(time, timeZone)) return '';
  const dayIn = (zone: string) => print(time, { form: 'day', locale, timeZone: zone, named: false });
  const form = dayIn(timeZone) === dayIn('UTC') ? 'minute' : 'planned';
  return ` (${print(time, { form, locale, timeZone: 'UTC', named: true })})`;
}

/** Whether the zone's clock and day are those of UTC at that time; what is no time has no zone. */
function isUtc(time: IsoTime, timeZone: string): boolean {
  if (/^(Etc\/)?(UTC|GMT)$/.test(timeZone)) return true;
  const clock = (zone: string) => print(time, { form: 'planned', locale: 'en-GB', timeZone: zone, named: false });
  return clock(timeZone) === clock('UTC');
}

function print(time: IsoTime, { timeZone, ...style }: Style): string {
  const ms = Date.parse(time);
  return timeZone === null || Number.isNaN(ms) ? plain(time) : formatOf({ ...style, timeZone }).format(ms);
}

/** "2026-11-22 03:12 UTC", without the calendars; the text itself where it is no time. */
function plain(time: IsoTime): string {
  return time.replace(/^(\d.{9})T(.{5}).*Z$/, '$1 $2 UTC');
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(style: Style & { readonly timeZone: string }): Intl.DateTimeFormat {
  const { form, locale, timeZone, named } = style;
  const key = `${form} ${locale} ${timeZone} ${named}`;
  const options = { ...FORMS[form], ...(named && { timeZoneName: 'short' as const }) };
  const format = formats.get(key) ?? makeFormat(locale, timeZone, options);
  formats.set(key, format);
  return format;
}

function makeFormat(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone });
  } catch {
    // A zone that this browser does not know: UTC is always right, and says so.
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  }
}

const relatives = kept((locale: string) => new Intl.RelativeTimeFormat(locale));

const UNITS = [
  ['day', DAY_MS],
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
] as const;

/** How long ago, in the largest whole unit, or how far ahead by this clock. */
export function age(time: IsoTime, now: number, messages: Messages): string {
  const ms = Date.parse(time) - now;
  const [unit, size] = UNITS.find(([, one]) => Math.abs(ms) >= one) ?? [];
  return size === undefined ? messages.justNow : relatives(messages.locale).format(Math.trunc(ms / size), unit);
}
