let started = performance.timeOrigin;

/** Unix ms. It does not run backwards with the device's clock: what has expired on an open page must not come to life again. */
export function readerNow(): number {
  return Math.max(Date.now(), started + performance.now());
}

/** A host has said the time, so that it is known how far the device's clock is off: it counts again as it stands. */
export function trustClock(): void {
  started = Date.now() - performance.now();
}
