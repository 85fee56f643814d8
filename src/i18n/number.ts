import { kept } from './kept.ts';
import type { Messages } from './messages.ts';

const DIGITS = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
const formats = kept((locale: string) => new Intl.NumberFormat(locale, { style: 'percent', ...DIGITS }));

/** A share of 0 to 1 as per cent with two digits, cut and never rounded up: only what was never down is 100 %. */
export function percentText(share: number, { locale }: Messages): string {
  return formats(locale).format(Math.floor(share * 10_000) / 10_000);
}
