import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayStart, daysBefore, nextMidnight, secondsByStatus } from '../../src/model/days.ts';
import { COMPONENT_STATUSES } from '../../src/model/status.ts';

const DAY = 86_400_000;
const start = dayStart('2026-11-22');

describe('the roll-up of a day', () => {
  test('is all unknown where nobody watched', () => {
    expect(secondsByStatus([], start, start + DAY)).toEqual({ unknown: 86_400 });
  });

  test('takes over what was said before midnight and stops at the next', () => {
    const changes = [
      { at: start - 5_000, status: 'operational' as const },
      { at: start + 3_600_000, status: 'major_outage' as const },
      { at: start + 3_660_000, status: 'operational' as const },
      { at: start + DAY + 1, status: 'major_outage' as const },
    ];
    expect(secondsByStatus(changes, start, start + DAY)).toEqual({ operational: 86_340, major_outage: 60 });
  });

  test('adds up to the whole span, in whole seconds, whatever happened', () => {
    const change = fc.record({
      at: fc.integer({ min: start - DAY, max: start + 2 * DAY }),
      status: fc.constantFrom(...COMPONENT_STATUSES),
    });
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const seconds = Object.values(secondsByStatus(changes, start, start + DAY));
        expect(seconds.reduce((sum, value) => sum + value, 0)).toBe(86_400);
        expect(seconds.every(Number.isInteger)).toBe(true);
      }),
    );
  });

  test('knows the missed days, today not among them', () => {
    const now = start + 1;
    expect(daysBefore(now, '2026-11-20', 31)).toEqual(['2026-11-20', '2026-11-21']);
    expect(daysBefore(now, '2026-01-01', 2)).toEqual(['2026-11-20', '2026-11-21']);
    expect(daysBefore(now, '2026-11-22', 31)).toEqual([]);
    expect(nextMidnight(start)).toBe(start + DAY);
  });
});
