import { atom } from 'nanostores';
import type { Platform } from '../platform.ts';

const TICK_MS = 1000;

/** Unix milliseconds, once a second; 0 before the bridge has started. Ages are computed from it, so they grow by themselves. */
export const $now = atom(0);

/** Starts the clock; the returned function stops it. */
export function startClock(platform: Pick<Platform, 'now' | 'after'>): () => void {
  let cancel = () => {};
  const tick = () => {
    $now.set(platform.now());
    cancel = platform.after(TICK_MS, tick);
  };
  tick();
  return () => cancel();
}
