import type { Platform } from '../platform.ts';

/** Timers that come this late mean that the machine slept. */
const SLEPT_MS = 5_000;

/** One timer that can be set earlier. It may ring too early, never too late. */
export interface Alarm {
  /** Unix milliseconds; `Infinity` switches it off. */
  set(at: number): void;
}

/** `ring` hears whether the machine slept past the time that was set. */
export function createAlarm(platform: Platform, ring: (slept: boolean) => void): Alarm {
  let timer = { at: Infinity, cancel: () => {} };
  return {
    set: (at) => {
      // Ringing too early costs one empty step; setting the timer anew for each message would cost more.
      if (at >= timer.at && at !== Infinity) return;
      timer.cancel();
      const answer = () => {
        timer = { at: Infinity, cancel: () => {} };
        ring(platform.now() > at + SLEPT_MS);
      };
      timer = { at, cancel: at === Infinity ? () => {} : platform.after(Math.max(0, at - platform.now()), answer) };
    },
  };
}
