import { isSkewed, lessWrong } from './skew.ts';

/** What a signed, verified event that arrived live says about this device's clock. Times in Unix milliseconds. */
export interface ClockSample {
  /** Who says so; a liar is outvoted by the others. */
  readonly by: string;
  readonly claimed: number;
  readonly receivedAt: number;
}

/**
 * How far this device's clock is from the others', in ms (positive: this device is ahead); null when nothing vouches for it.
 * The host's own word counts first, else the median of the newest sample of each signer; of two in the middle the one that
 * finds less wrong, for this device's clock is a witness too.
 */
export function deviceOffset(host: number | null, samples: readonly ClockSample[]): number | null {
  if (host !== null) return host;
  const newest = new Map(samples.map(({ by, claimed, receivedAt }) => [by, receivedAt - claimed]));
  const offsets = [...newest.values()].sort((a, b) => a - b);
  const middle = (offsets.length - 1) / 2;
  return lessWrong(offsets[Math.floor(middle)] ?? null, offsets[Math.ceil(middle)] ?? null);
}

/** A clock that is wrong enough to be named; `by` in ms, always positive. */
export function clockTrouble(offset: number | null): { readonly type: 'ahead' | 'behind'; readonly by: number } | null {
  if (offset === null || !isSkewed(offset)) return null;
  return { type: offset > 0 ? 'ahead' : 'behind', by: Math.abs(offset) };
}
