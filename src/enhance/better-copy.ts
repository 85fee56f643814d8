import { isAhead } from '../model/freshness.ts';
import type { HeldCopy } from './held-copy.ts';
import type { Place } from './places.ts';

/**
 * Whether a verified copy takes back what this device knows. `seen`: the highest number of each publisher; `now`, as below: the
 * later of the device's clock and the host's, in Unix ms.
 */
export function isOlder(
  { event, snapshot }: Pick<HeldCopy, 'event' | 'snapshot'>,
  { seen, held }: { readonly seen: Readonly<Record<string, number>>; readonly held: HeldCopy | null },
  now: number,
): boolean {
  if (snapshot.seq < (seen[event.pubkey] ?? 0)) return true;
  // A held copy from the future is no measure: it would keep out every good one.
  if (held === null || isFuture(held, now)) return false;
  return snapshot.generated_at < held.snapshot.generated_at;
}

/**
 * Whether `a` is to be shown in place of `b`: it is newer, or as new and from a place that comes first in `places`; but what is
 * ahead of `now` comes after all else.
 */
export function isBetter(a: HeldCopy, b: HeldCopy, places: readonly Pick<Place, 'host'>[], now: number): boolean {
  if (isFuture(a, now) !== isFuture(b, now)) return isFuture(b, now);
  if (a.snapshot.generated_at !== b.snapshot.generated_at) return a.snapshot.generated_at > b.snapshot.generated_at;
  const rank = ({ host }: HeldCopy) => places.findIndex((place) => place.host === host);
  return rank(a) < rank(b);
}

/** It may be shown, as unknown; it must not push out what is held. */
function isFuture({ snapshot }: HeldCopy, now: number): boolean {
  return isAhead(snapshot.generated_at, now);
}
