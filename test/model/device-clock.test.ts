import { describe, expect, test } from 'vitest';
import { clockTrouble, deviceOffset } from '../../src/model/device-clock.ts';

const HOUR = 3_600_000;
const sample = (by: string, offset: number) => ({ by, claimed: 1_000_000, receivedAt: 1_000_000 + offset });

describe('how wrong the clock of this device is', () => {
  test('is the host’s word where there is one, else the middle of what the signers say', () => {
    expect(deviceOffset(null, [])).toBe(null);
    expect(deviceOffset(-HOUR, [sample('a', 0)])).toBe(-HOUR);
    expect(deviceOffset(null, [sample('a', 0), sample('liar', HOUR), sample('b', 1_000)])).toBe(1_000);
  });

  test('is what the one who finds less wrong says, where two contradict each other', () => {
    expect(deviceOffset(null, [sample('a', 50), sample('fast', -HOUR)])).toBe(50);
    expect(deviceOffset(null, [sample('a', -50), sample('slow', HOUR)])).toBe(-50);
    expect(deviceOffset(null, [sample('a', -HOUR), sample('b', -HOUR + 50)])).toBe(-HOUR + 50);
  });

  test('counts only the newest word of each signer', () => {
    expect(deviceOffset(null, [sample('a', HOUR), sample('a', 5)])).toBe(5);
  });

  test.each([
    [null, null],
    [60_000, null],
    [-60_000, null],
    [HOUR, { type: 'ahead', by: HOUR }],
    [-HOUR, { type: 'behind', by: HOUR }],
  ])('is worth a sentence beyond two minutes: %s', (offset, trouble) => {
    expect(clockTrouble(offset)).toEqual(trouble);
  });
});
