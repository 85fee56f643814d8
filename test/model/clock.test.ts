import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareHlc, type Hlc, nextHlc } from '../../src/model/clock.ts';

const NOW = 1_795_000_000_000;
const MINUTE = 60_000;

describe('the clock of the next event', () => {
  test('comes after the own time and after every clock that is at most ten minutes ahead', () => {
    const near = fc.tuple(fc.integer({ min: NOW - 1e9, max: NOW + 10 * MINUTE }), fc.nat(1000));
    fc.assert(
      fc.property(fc.array(near), (seen) => {
        const next = nextHlc(NOW, seen);
        for (const clock of [[NOW, -1] as Hlc, ...seen]) expect(compareHlc(next, clock)).toBeGreaterThan(0);
      }),
    );
  });

  test('is not dragged along by a clock that is further ahead', () => {
    expect(nextHlc(NOW, [[NOW + 10 * MINUTE + 1, 7]])).toEqual([NOW, 0]);
    expect(
      nextHlc(NOW, [
        [NOW + 365 * 24 * 60 * MINUTE, 0],
        [NOW + MINUTE, 3],
      ]),
    ).toEqual([NOW + MINUTE, 4]);
  });
});
