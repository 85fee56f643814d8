import { expect, test } from 'vitest';
import { clockOffset } from '../../src/model/clock-offset.ts';

const DATE = 'Sun, 22 Nov 2026 03:12:40 GMT';
const SENT = Date.parse(DATE);

test('a clock is as far ahead as it reads more than the host’s', () => {
  expect(clockOffset(DATE, null, SENT + 90_000)).toBe(90_000);
  expect(clockOffset(DATE, null, SENT - 90_000)).toBe(-90_000);
});

test('the time that an answer lay in a cache is no offset', () => {
  expect(clockOffset(DATE, '60', SENT + 61_000)).toBe(1_000);
});

test('an age that no cache can give counts for nothing', () => {
  for (const age of ['-60', 'an hour', 'Infinity', '']) expect(clockOffset(DATE, age, SENT)).toBe(0);
});

test('who says no time is no measure', () => {
  expect(clockOffset(null, null, SENT)).toBeNull();
  expect(clockOffset('yesterday', '1', SENT)).toBeNull();
});
