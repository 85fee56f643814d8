import { $deviceNow } from './clock.ts';
import { $device } from './device.ts';
import { lock } from './session.ts';

export const IDLE_MINUTES = 15;

let usedAt = 0;

/** Somebody is there: a key, a tap, a scroll. */
export function touch(): void {
  usedAt = $deviceNow.get();
}

/** Locks the device after `IDLE_MINUTES` without use, also when the machine slept meanwhile. */
export function startIdleLock(): () => void {
  const stops = [
    $device.listen(touch),
    $deviceNow.listen((now) => {
      // A clock that was set back must not keep the device open for as long.
      usedAt = Math.min(usedAt, now);
      if ($device.get() !== null && now - usedAt > IDLE_MINUTES * 60_000) lock('idle');
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
