import type { Platform } from '../../platform.ts';

/** A timer that rings this far from its time means that the machine slept, or that its clock was set. */
const JUMP_MS = 5_000;

/** One timer that can be set earlier. It may ring too early, never too late. */
export interface Alarm {
  /** Unix milliseconds; `Infinity` switches it off. */
  set(at: number): void;
}

/**
 * `ring` hears whether the clock jumped: past the time that was set (sleep), or back before it, where what is due would
 * otherwise wait for as long as the clock was set back.
 */
export function createAlarm(platform: Platform, ring: (jumped: boolean) => void): Alarm {
  let timer = { at: Infinity, cancel: () => {} };
  return {
    set: (at) => {
      // Ringing too early costs one empty step; setting the timer anew for each message would cost more.
      if (at >= timer.at && at !== Infinity) return;
      timer.cancel();
      const answer = () => {
        timer = { at: Infinity, cancel: () => {} };
        ring(Math.abs(platform.now() - at) > JUMP_MS);
      };
      timer = { at, cancel: at === Infinity ? () => {} : platform.after(Math.max(0, at - platform.now()), answer) };
    },
  };
}
