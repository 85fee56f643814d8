import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readerNow, trustClock } from '../../src/enhance/reader-clock.ts';

const HOUR_MS = 3_600_000;
const real = Date.now;

// The device's clock alone is set; the time that has passed goes on being measured.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(real());
  trustClock();
});
afterEach(() => vi.useRealTimers());

test('the clock of an open page follows the device’s forwards, and does not run backwards with it', () => {
  vi.setSystemTime(real() + HOUR_MS);
  expect(readerNow()).toBeGreaterThanOrEqual(real() + HOUR_MS - 1_000);
  const opened = real() - 1_000;
  vi.setSystemTime(opened - HOUR_MS);
  expect(readerNow()).toBeGreaterThan(opened);
});

test('once a host has said the time the device’s clock counts as it stands', () => {
  const back = real() - HOUR_MS;
  vi.setSystemTime(back);
  trustClock();
  expect(readerNow()).toBeLessThan(back + 60_000);
});
