import { atom, computed } from 'nanostores';
import { laterOf } from '../model/skew.ts';
import type { Platform } from '../platform.ts';
import { $clockOffset } from './device-clock.ts';

const TICK_MS = 1000;

/** Unix ms by this device's own clock, once a second; 0 before the bridge has started. For spans that this device alone measures. */
export const $deviceNow = atom(0);

/**
 * Unix ms, once a second. Ages are computed from it, so they grow by themselves; where this device's clock is far behind what
 * others vouch for, theirs counts, or all that is old would look young.
 */
export const $now = computed([$deviceNow, $clockOffset], laterOf);

/** Starts the clock; the returned function stops it. */
export function startClock(platform: Pick<Platform, 'now' | 'after'>): () => void {
  let cancel = () => {};
  const tick = () => {
    $deviceNow.set(platform.now());
    cancel = platform.after(TICK_MS, tick);
  };
  tick();
  return () => cancel();
}
