import { type IsoTime, isoTime } from '../model/clock.ts';

/** What a native `datetime-local` field shows for a time: minutes on this device's own clock and zone; empty for none. */
export function fieldTime(time: IsoTime | ''): string {
  if (time === '') return '';
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The time that such a field names on this device; empty while it is not whole. */
export function timeOfField(value: string): IsoTime | '' {
  const ms = /^\d{4,}-\d\d-\d\dT\d\d:\d\d/.test(value) ? new Date(value).getTime() : Number.NaN;
  return Number.isNaN(ms) ? '' : isoTime(ms);
}

/** `2026-11-22 03:12 UTC`. */
export function utcText(time: IsoTime): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}

/** The zone that this device's clock shows, e.g. America/Sao_Paulo. */
export function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
