import { describe, expect, test } from 'vitest';
import { clockOffset } from '../../src/model/clock-offset.ts';
import { claimEnd, freshnessOf, nextChange } from '../../src/model/freshness.ts';
import { isSkewed } from '../../src/model/skew.ts';

const made = Date.parse('2026-11-22T03:00:00.000Z');
const claim = (minutes: number) => ({
  generated_at: new Date(made).toISOString(),
  valid_until: new Date(made + minutes * 60_000).toISOString(),
});
const minute = (minutes: number) => made + minutes * 60_000;

describe('a claim', () => {
  test('is fresh, then ageing, then expired', () => {
    expect([0, 4, 6, 9, 10, 11].map((n) => freshnessOf(claim(10), minute(n)))).toEqual([
      'fresh',
      'fresh',
      'ageing',
      'ageing',
      'expired',
      'expired',
    ]);
  });

  test('lasts fifteen minutes at most, whatever it says', () => {
    expect(claimEnd(claim(600))).toBe(minute(15));
    expect(freshnessOf(claim(600), minute(16))).toBe('expired');
  });

  test('counts as expired when it is more than two minutes ahead of the clock, or has no readable time', () => {
    expect(freshnessOf(claim(10), minute(-1))).toBe('fresh');
    expect(freshnessOf(claim(10), minute(-3))).toBe('expired');
    expect(freshnessOf({ generated_at: 'soon', valid_until: 'later' }, made)).toBe('expired');
  });

  test('says when its freshness changes next', () => {
    expect(nextChange(claim(10), minute(1))).toBe(minute(5));
    expect(nextChange(claim(10), minute(6))).toBe(minute(10));
    expect(nextChange(claim(10), minute(-10))).toBe(minute(-2));
    expect(nextChange(claim(10), minute(20))).toBeNull();
  });
});

describe('the clock offset', () => {
  test('counts the time that a cache held the answer', () => {
    const date = new Date(made).toUTCString();
    expect(clockOffset(date, '60', made + 60_000)).toBe(0);
    expect(clockOffset(date, null, made + 180_000)).toBe(180_000);
    expect(clockOffset(null, null, made)).toBeNull();
  });

  test('is worth a word from two minutes on', () => {
    expect([0, 119_000, 121_000, -121_000, null].map(isSkewed)).toEqual([false, false, true, true, false]);
  });
});
