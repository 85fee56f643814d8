import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { phaseOf } from '../../src/model/maintenance-phase.ts';
import type { DayRun } from '../../src/model/uptime.ts';
import { badDays, dateAt, dayAt, dayCount, uptimeShare, watchedDays } from '../../src/model/uptime-reading.ts';

const run: fc.Arbitrary<DayRun> = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(5), fc.nat(1440));
const runs = fc.array(run, { maxLength: 8 });

describe('uptime', () => {
  test('leaves out the days that nobody watched, and is no number where nobody watched at all', () => {
    expect(uptimeShare([[90, 0, 0]])).toBeNull();
    expect(uptimeShare([])).toBeNull();
    expect(
      uptimeShare([
        [80, 0, 0],
        [9, 1, 0],
        [1, 4, 720],
      ]),
    ).toBeCloseTo(0.95);
  });

  test('is 1 only where no minute counted as down', () => {
    fc.assert(
      fc.property(runs, (all) => {
        const share = uptimeShare(all);
        const down = all.some(([, level, minutes]) => level > 0 && level < 5 && minutes > 0);
        expect(share === null).toBe(watchedDays(all) === 0);
        if (share !== null) expect(share === 1).toBe(!down);
      }),
    );
  });

  test('finds each day in its run, and none outside', () => {
    fc.assert(
      fc.property(runs, (all) => {
        const days = all.flatMap(([count, level, down]) => Array.from({ length: count }, () => [level, down]));
        expect(dayCount(all)).toBe(days.length);
        for (let at = 0; at < days.length; at += 7) expect(dayAt(all, at)?.down).toBe(days[at]?.[1]);
        expect([dayAt(all, -1), dayAt(all, days.length)]).toEqual([null, null]);
      }),
    );
  });

  test('dates days back from the newest, and lists trouble with the newest first', () => {
    const uptime = { until: '2026-11-21' };
    const all: DayRun[] = [
      [1, 4, 60],
      [86, 1, 0],
      [2, 2, 0],
      [1, 0, 0],
    ];
    expect([dateAt(uptime, all, 0), dateAt(uptime, all, 89)]).toEqual(['2026-08-24', '2026-11-21']);
    expect(badDays(uptime, all)).toEqual([
      { level: 'degraded_performance', down: 0, from: '2026-11-19', to: '2026-11-20' },
      { level: 'major_outage', down: 60, from: '2026-08-24', to: '2026-08-24' },
    ]);
  });

  test('takes a level that it does not know for a day without data, never for a good one', () => {
    expect(dayAt([[1, 9, 0]], 0)?.level).toBe('unwatched');
    expect(uptimeShare([[90, 9, 0]])).toBeNull();
  });
});

describe('the phase of a maintenance', () => {
  const plan = { scheduled_for: '2026-11-22T10:00:00.000Z', scheduled_until: '2026-11-22T12:00:00.000Z' };
  const at = (hour: number) => Date.parse(plan.scheduled_for) + (hour - 10) * 3_600_000;

  test.each([
    ['scheduled', 9, 'ahead'],
    ['scheduled', 11, 'late'],
    ['scheduled', 13, 'passed'],
    ['in_progress', 9, 'running'],
    ['in_progress', 11, 'running'],
    ['verifying', 13, 'overrun'],
    ['completed', 9, 'ended'],
    ['cancelled', 11, 'ended'],
  ] as const)('%s at %i o’clock is %s: the clock alone begins and ends nothing', (status, hour, phase) => {
    expect(phaseOf({ ...plan, status }, at(hour))).toBe(phase);
  });
});
