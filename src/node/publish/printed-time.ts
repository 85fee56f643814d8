import type { IsoTime } from '../../model/clock.ts';
import { offsetText, wallClock, zonedTime, zoneName } from './zone-time.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** The parts that Statuspage prints of a time in its page's zone. */
export function printed(time: IsoTime, zone: string) {
  const ms = Date.parse(time);
  const { wall } = wallClock(ms, zone);
  return {
    /** `Jun` */
    month: MONTHS[wall.getUTCMonth()] ?? '',
    /** Padded with a space to two characters. */
    day: String(wall.getUTCDate()).padStart(2, ' '),
    /** `04:43` */
    clock: wall.toISOString().slice(11, 16),
    /** `UTC` */
    zone: zoneName(ms, zone),
  };
}

/** `2026-11-22 03:12 UTC`: digits, which need no translation, and the zone. */
export function minuteText(time: IsoTime, zone: string): string {
  const ms = Date.parse(time);
  return `${wallClock(ms, zone).wall.toISOString().slice(0, 16).replace('T', ' ')} ${zoneName(ms, zone)}`;
}

/** RFC 822, as RSS has it: `Mon, 24 Jun 2024 07:42:46 +0000`. */
export function rfc822(time: IsoTime, zone: string): string {
  const { wall, offset } = wallClock(Date.parse(time), zone);
  const [date = '', clock = ''] = wall.toISOString().split(/[T.]/);
  const [year, , day] = date.split('-');
  const [weekday, month] = [DAYS[wall.getUTCDay()], MONTHS[wall.getUTCMonth()]];
  return `${weekday}, ${day} ${month} ${year} ${clock} ${offsetText(offset, '')}`;
}

/** RFC 3339 without fractions of a second, as Atom has it. */
export function rfc3339(time: IsoTime, zone: string): string {
  return zonedTime(time, zone).replace(/\.\d{3}/, '');
}
