import { expect, test } from 'vitest';
import { isSkewed, laterOf, lessWrong } from '../../src/model/skew.ts';

const NOW = 1_000_000_000;
const MINUTE = 60_000;

test('the later clock counts where the device is far behind, and its own everywhere else', () => {
  expect(laterOf(NOW, -3 * MINUTE)).toBe(NOW + 3 * MINUTE);
  for (const offset of [null, 0, -2 * MINUTE, 3 * MINUTE]) expect(laterOf(NOW, offset)).toBe(NOW);
});

test('an offset is worth a sentence beyond two minutes, to either side', () => {
  expect([null, 2 * MINUTE, -2 * MINUTE].map(isSkewed)).toEqual([false, false, false]);
  expect([2 * MINUTE + 1, -2 * MINUTE - 1].map(isSkewed)).toEqual([true, true]);
});

test('of two who contradict each other about the device’s clock the one who finds less wrong is believed', () => {
  expect([lessWrong(-5, 3), lessWrong(3, -5), lessWrong(null, -5), lessWrong(-5, null)]).toEqual([3, 3, -5, -5]);
  expect(lessWrong(null, null)).toBeNull();
});
