import { describe, expect, test } from 'vitest';
import { isBetter, isOlder } from '../../src/enhance/better-copy.ts';
import { copyOf, NOW } from './copies.ts';

const places = [{ host: 'origin' }, { host: 'mirror.example' }];
const DAY_S = 86_400;
const copy = copyOf();

describe('what takes back what this device knows', () => {
  const nothing = { seen: {}, held: null };

  test('is an older state than it has seen of the same publisher, and of no other', () => {
    const { seq } = copy.snapshot;
    expect(isOlder(copy, { ...nothing, seen: { a: seq + 1 } }, NOW)).toBe(true);
    expect(isOlder(copy, { ...nothing, seen: { a: seq, b: seq + 1 } }, NOW)).toBe(false);
    expect(isOlder(copy, nothing, NOW)).toBe(false);
  });

  test('is what was signed before the copy that it holds, by whomever', () => {
    expect(isOlder(copy, { ...nothing, held: copyOf({ age: 5, publisher: 'b' }) }, NOW)).toBe(true);
    expect(isOlder(copy, { ...nothing, held: copy }, NOW)).toBe(false);
  });

  test('is not measured by a held copy from the future', () => {
    expect(isOlder(copy, { ...nothing, held: copyOf({ age: -DAY_S }) }, NOW)).toBe(false);
  });
});

describe('the copy that is shown of two', () => {
  test.each([
    ['the newer one', copyOf({ age: 5, host: 'mirror.example' }), copy],
    ['of two as new the one from the place that comes first', copy, copyOf({ host: 'mirror.example' })],
    ['one whose clock is a minute ahead', copyOf({ age: -60, host: 'mirror.example' }), copy],
    [
      'not one that is ahead of the clock, though it is the newer and the origin’s',
      copyOf({ age: 100 }),
      copyOf({ age: -DAY_S }),
    ],
  ])('is %s, whichever came first', (_, better, other) => {
    expect(isBetter(better, other, places, NOW)).toBe(true);
    expect(isBetter(other, better, places, NOW)).toBe(false);
  });
});
