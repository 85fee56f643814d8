import type { IsoTime } from '../model/clock.ts';
import type { Messages } from './messages.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NEAR_MS = 12 * HOUR_MS;

const MINUTE = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
const SECOND = { ...MINUTE, second: '2-digit' } as const;
const DATE = { day: 'numeric', month: 'short' } as const;
const FORMS = {
  near: SECOND,
  full: { ...DATE, ...SECOND },
  planned: { weekday: 'short', ...DATE, ...MINUTE },
  day: { weekday: 'short', ...DATE },
} as const;
type Form = keyof typeof FORMS;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * Time and zone, e.g. "22 Nov, 03:12:40 UTC"; without the day where `now` is given and near. The text itself where it is no
 * time.
 */
export function absoluteTime(time: IsoTime, messages: Messages, timeZone: string, now?: number): string {
  const near = now !== undefined && Math.abs(now - Date.parse(time)) < NEAR_MS;
  return print(time, near ? 'near' : 'full', messages.locale, timeZone);
}

/** As `absoluteTime`, and UTC beside it where the zone's clock shows something else: "00:12:40 GMT-3 (03:12:40 UTC)". */
export function timeWithUtc(time: IsoTime, messages: Messages, timeZone: string, now?: number): string {
  const here = absoluteTime(time, messages, timeZone, now);
  return isUtc(time, timeZone) ? here : `${here} (${absoluteTime(time, messages, 'UTC', now)})`;
}

/** What people planned: with the weekday, to the minute, and UTC beside it. */
export function plannedTime(time: IsoTime, messages: Messages, timeZone: string): string {
  const here = print(time, 'planned', messages.locale, timeZone);
  return isUtc(time, timeZone) ? here : `${here} (${print(time, 'planned', messages.locale, 'UTC')})`;
}

/** A UTC day (YYYY-MM-DD), e.g. "Sat 21 Nov". */
export function dayText(day: string, messages: Messages): string {
  return print(`${day}T12:00:00.000Z`, 'day', messages.locale, 'UTC');
}

function print(time: IsoTime, form: Form, locale: string, timeZone: string): string {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return time;
  const key = `${locale} ${timeZone} ${form}`;
  const format = formats.get(key) ?? makeFormat(locale, timeZone, form);
  formats.set(key, format);
  return format.format(ms);
}

function makeFormat(locale: string, timeZone: string, form: Form): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...FORMS[form], timeZone });
  } catch {
    // A zone that this browser does not know: UTC is always right, and says so.
    return new Intl.DateTimeFormat(locale, { ...FORMS[form], timeZone: 'UTC' });
  }
}

/** Whether the zone's clock and day are those of UTC at that time. */
function isUtc(time: IsoTime, timeZone: string): boolean {
  const clock = (zone: string) => print(time, 'planned', 'en-GB', zone).replace(/\D/g, '');
  return clock(timeZone) === clock('UTC');
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
