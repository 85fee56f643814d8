import { describe, expect, test } from 'vitest';
import { createAlarm } from '../../../src/log/channel/alarm.ts';
import { nodePlatform } from '../../../src/node/platform.ts';

/** Sets an alarm for ten seconds from now and lets it ring when the clock shows `shown` more than now. */
function ringsWhenClockShows(shown: number): boolean | undefined {
  let now = 1_000_000;
  let ringing: () => void = () => {};
  let jumped: boolean | undefined;
  const after = (_: number, task: () => void) => {
    ringing = task;
    return () => {};
  };
  const alarm = createAlarm({ ...nodePlatform, now: () => now, after }, (answer) => {
    jumped = answer;
  });
  alarm.set(now + 10_000);
  now += shown;
  ringing();
  return jumped;
}

describe('an alarm', () => {
  test('says nothing special when it rings in time', () => {
    expect(ringsWhenClockShows(10_002)).toBe(false);
  });

  test('says that the clock jumped when the machine slept past it', () => {
    expect(ringsWhenClockShows(60_000)).toBe(true);
  });

  test('says that the clock jumped when it was set back meanwhile', () => {
    expect(ringsWhenClockShows(10_000 - 3_600_000)).toBe(true);
  });
});
