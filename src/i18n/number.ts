import type { Messages } from './messages.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** A share of 0 to 1 as per cent with two digits, cut and never rounded up: only what was never down is 100 %. */
export function percentText(share: number, { locale }: Messages): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
  const format = formats.get(locale) ?? new Intl.NumberFormat(locale, { style: 'percent', ...digits });
  formats.set(locale, format);
  return format.format(Math.floor(share * 10_000) / 10_000);
}
