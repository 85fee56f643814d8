import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoTime } from '../../src/model/clock.ts';
import type { HistoryEntry } from '../../src/model/history.ts';
import {
  groupByDay,
  type Lists,
  monthStretches,
  monthsNeeded,
  pageOf,
  type Stretch,
} from '../../src/model/history-days.ts';
import { addDays, localDay, localDayOf, utcDaysOf } from '../../src/model/local-day.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** UTC+14, UTC-11, halves and quarters, clocks that change at midnight, and a zone that nobody knows. */
const ZONES = [
  'Etc/UTC',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'America/Havana',
  'America/Sao_Paulo',
  'Europe/Lisbon',
  'Mars/Olympus',
];
const FROM = Date.parse('2026-01-01T00:00:00.000Z');

function entry(started: number, hours: number | null, n = 0): HistoryEntry {
  return {
    code: `entry${String(n).padStart(7, '0')}`,
    kind: 'incident',
    name: 'Cards fail',
    status: 'resolved',
    impact: 'major',
    started_at: isoTime(started),
    ended_at: hours === null ? null : isoTime(started + hours * HOUR_MS),
    updated_at: isoTime(started),
    components: [],
    update: null,
    sha256: '',
  };
}

/** Around the edges of months and days as often as anywhere else. */
const moment = fc
  .tuple(fc.integer({ min: 0, max: 330 }), fc.constantFrom(0, 1, HOUR_MS, 10 * HOUR_MS, 13 * HOUR_MS, DAY_MS - 1))
  .map(([days, rest]) => FROM + days * DAY_MS + rest);
const entries = fc
  .array(fc.tuple(moment, fc.option(fc.integer({ min: 0, max: 90 }), { nil: null, freq: 9 })), { maxLength: 30 })
  .map((all) => all.map(([at, hours], n) => entry(at, hours, n)))
  .map((all) => all.toSorted((a, b) => (a.started_at < b.started_at ? 1 : -1)));
const zone = fc.constantFrom(...ZONES);

function listsOf(all: readonly HistoryEntry[], lacking: ReadonlySet<string> = new Set()): Lists {
  const months = [...new Set(all.map(({ started_at }) => started_at.slice(0, 7)))];
  const held = new Set(months.filter((month) => !lacking.has(month)));
  return {
    months,
    held,
    entries: all.filter(({ started_at }) => held.has(started_at.slice(0, 7))),
    since: null,
    until: FROM + 340 * DAY_MS,
  };
}

function daysIn(stretches: readonly Stretch[], type: 'quiet' | 'unheld'): readonly string[] {
  return stretches.flatMap((stretch) => {
    if (stretch.type !== type) return [];
    const days = [stretch.from];
    while ((days.at(-1) ?? '') < stretch.until) days.push(addDays(days.at(-1) ?? '', 1));
    return days;
  });
}

function codes(stretches: readonly Stretch[]): readonly string[] {
  return stretches.flatMap((stretch) => (stretch.type === 'day' ? stretch.entries.map(({ code }) => code) : []));
}

describe('days of a reader', () => {
  test.each([
    ['Pacific/Kiritimati', '2026-11-22T10:00:00.000Z', '2026-11-23'],
    ['Pacific/Kiritimati', '2026-11-22T09:59:59.999Z', '2026-11-22'],
    ['Pacific/Pago_Pago', '2026-11-22T10:59:59.999Z', '2026-11-21'],
    ['Pacific/Pago_Pago', '2026-11-22T11:00:00.000Z', '2026-11-22'],
    // On this night the clock goes back from 01:00 to 00:00, and midnight comes twice.
    ['America/Havana', '2026-11-01T04:30:00.000Z', '2026-11-01'],
    ['America/Havana', '2026-11-01T05:30:00.000Z', '2026-11-01'],
    // One minute past midnight it was 23:01 of the day before again.
    ['America/St_Johns', '2010-11-07T02:30:30.000Z', '2010-11-07'],
    ['America/St_Johns', '2010-11-07T02:31:30.000Z', '2010-11-06'],
    ['Mars/Olympus', '2026-11-22T23:59:59.999Z', '2026-11-22'],
  ])('%s: %s is on %s', (timeZone, time, day) => {
    expect(localDayOf(time, timeZone)).toBe(day);
  });

  test('share the UTC days that they overlap', () => {
    expect(utcDaysOf('2026-11-01', 'Pacific/Kiritimati')).toEqual(['2026-10-31', '2026-11-01']);
    expect(utcDaysOf('2026-11-30', 'Pacific/Pago_Pago')).toEqual(['2026-11-30', '2026-12-01']);
    expect(utcDaysOf('2026-11-30', 'Etc/UTC')).toEqual(['2026-11-30']);
  });
});

test('each entry is on exactly one day, days come newest first, and one day keeps its order', () => {
  fc.assert(
    fc.property(entries, zone, (all, timeZone) => {
      const grouped = groupByDay(all, timeZone);
      expect(codes(grouped).toSorted()).toEqual(all.map(({ code }) => code).toSorted());
      for (const [n, stretch] of grouped.entries()) {
        if (stretch.type !== 'day') throw new Error('only days are grouped');
        const own = all.filter(({ started_at }) => localDayOf(started_at, timeZone) === stretch.day);
        expect(stretch.entries).toEqual(own);
        const next = grouped[n + 1];
        if (next?.type === 'day') expect(next.day < stretch.day).toBe(true);
      }
    }),
  );
});

test('each entry is on exactly one of the pages, whatever the zone', () => {
  fc.assert(
    fc.property(entries, zone, (all, timeZone) => {
      const lists = listsOf(all);
      const shown = lists.months.flatMap((month) => codes(monthStretches(month, lists, timeZone)));
      expect(shown.toSorted()).toEqual(all.map(({ code }) => code).toSorted());
    }),
  );
});

test('a page is the same from the lists that it needs as from all of them', () => {
  fc.assert(
    fc.property(entries, zone, (all, timeZone) => {
      const lists = listsOf(all);
      for (const month of lists.months) {
        const needed = monthsNeeded(month, lists.months, timeZone);
        const few = listsOf(all, new Set(lists.months.filter((one) => !needed.includes(one))));
        expect(codes(monthStretches(month, few, timeZone))).toEqual(codes(monthStretches(month, lists, timeZone)));
        expect(daysIn(monthStretches(month, few, timeZone), 'unheld')).toEqual([]);
      }
    }),
  );
});

test('a day is called quiet only if every list that could tell otherwise is held, and none does', () => {
  fc.assert(
    fc.property(entries, zone, fc.array(fc.nat({ max: 11 }), { maxLength: 4 }), (all, timeZone, gone) => {
      const lacking = new Set(gone.map((n) => `2026-${String(n + 1).padStart(2, '0')}`));
      const lists = listsOf(all, lacking);
      const begun = new Set(all.map(({ started_at }) => localDayOf(started_at, timeZone)));
      const oldest = all.at(-1)?.started_at ?? '';
      for (const month of lists.months) {
        const stretches = monthStretches(month, lists, timeZone);
        for (const day of daysIn(stretches, 'quiet')) {
          expect([day, begun.has(day)]).toEqual([day, false]);
          expect(day <= localDay(lists.until, timeZone)).toBe(true);
          expect(day > localDayOf(oldest, timeZone)).toBe(true);
        }
        for (const day of daysIn(stretches, 'unheld')) expect(day.startsWith(month)).toBe(true);
      }
    }),
  );
});

describe('a page of a month', () => {
  const october = entry(Date.parse('2026-10-31T22:00:00.000Z'), 1, 1);
  const november = entry(Date.parse('2026-11-12T09:00:00.000Z'), 30, 2);
  const lists: Lists = {
    months: ['2026-11', '2026-10'],
    held: new Set(['2026-10', '2026-11']),
    entries: [november, october],
    since: null,
    until: Date.parse('2026-11-20T08:00:00.000Z'),
  };

  test('names quiet days up to the newest word, but not those on which something went on', () => {
    expect(monthStretches('2026-11', lists, 'Etc/UTC')).toEqual([
      { type: 'quiet', from: '2026-11-14', until: '2026-11-20' },
      { type: 'day', day: '2026-11-12', entries: [november] },
      { type: 'quiet', from: '2026-11-01', until: '2026-11-11' },
    ]);
  });

  test('takes what the reader’s calendar counts to it from the month before', () => {
    expect(pageOf(october, lists.months, 'Pacific/Kiritimati')).toBe('2026-11');
    expect(codes(monthStretches('2026-10', lists, 'Pacific/Kiritimati'))).toEqual([]);
    expect(monthStretches('2026-11', lists, 'Pacific/Kiritimati').at(-1)).toEqual({
      type: 'day',
      day: '2026-11-01',
      entries: [october],
    });
  });

  test('says of its first day that a list is missing, where it is', () => {
    const few = { ...lists, held: new Set(['2026-11']), entries: [november] };
    expect(monthStretches('2026-11', few, 'Pacific/Kiritimati').at(-1)).toEqual({
      type: 'unheld',
      from: '2026-11-01',
      until: '2026-11-01',
    });
    expect(monthStretches('2026-11', few, 'Pacific/Pago_Pago').at(-1)).toMatchObject({ type: 'quiet' });
  });

  test('says nothing of the days before the first entry of all', () => {
    expect(monthStretches('2026-10', lists, 'Etc/UTC')).toEqual([
      { type: 'day', day: '2026-10-31', entries: [october] },
    ]);
  });
});
