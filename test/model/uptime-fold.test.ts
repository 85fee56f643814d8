import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoTime } from '../../src/model/clock.ts';
import { dayOf } from '../../src/model/days.ts';
import { chainName, KIND, type SignedEvent } from '../../src/model/event.ts';
import { foldIncidents } from '../../src/model/incidents.ts';
import { foldRoster } from '../../src/model/roster.ts';
import { DAY_LEVELS } from '../../src/model/uptime.ts';
import { foldUptime } from '../../src/model/uptime-fold.ts';
import { fakeEvent, fakeKey, ORG, ROOT, rosterEvent } from './events.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-23T09:30:00.000Z');
const YESTERDAY = '2026-11-22';
const midnight = (daysAgo: number) => Date.parse('2026-11-23T00:00:00.000Z') - daysAgo * DAY;

const NORTH = fakeKey('north');
const SOUTH = fakeKey('south');
const EAST = fakeKey('east');
const AUTHOR = fakeKey('author');
const grants = [
  ...[NORTH, SOUTH, EAST].map((pk, n) => ({
    pk,
    member: `m${n}`,
    roles: ['watcher'],
    vantage: ['north', 'south', 'east'][n],
  })),
  { pk: AUTHOR, member: 'author', roles: ['commander'] },
];
const roster = foldRoster([rosterEvent(ROOT, { grants })], ROOT);
const component = (id: string) => ({ id, name: id, description: null, group: null, probed: true });
const site = { groups: [], components: ['api', 'cards'].map(component), quorum: 1 };

type Seconds = Readonly<Record<string, Readonly<Record<string, number>>>>;
let count = 0;

function said(pubkey: string, type: string, body: unknown, parents: readonly string[] = []): SignedEvent {
  count += 1;
  const content = { v: 1, type, hlc: [NOW - DAY + count, 0], parents, at: isoTime(NOW - DAY + count), body };
  return fakeEvent(pubkey, KIND.public, chainName.status(ORG), content);
}

const rollUp = (pubkey: string, day: string, seconds: Seconds, parents: readonly string[] = []) =>
  said(pubkey, 'day', { vantage: 'whatever it says', day, seconds }, parents);
const api = (spent: Readonly<Record<string, number>>) => ({ 'component:api': spent });
const allDay = api({ operational: 86_400 });

interface Told {
  readonly at: number;
  readonly status: string;
  readonly api: string;
}

/** One incident about the component api, each update after the one before. */
function incident(updates: readonly Told[], code = 'abc123abc123'): SignedEvent[] {
  const events: SignedEvent[] = [];
  for (const { at, status, api: word } of updates) {
    const body = {
      incident: code,
      name: 'n',
      impact: 'major',
      text: 't',
      lang: null,
      status,
      display_at: isoTime(at),
      components: [{ id: 'api', status: word }],
    };
    events.push(
      said(
        AUTHOR,
        'incident.update',
        body,
        events.slice(-1).map(({ id }) => id),
      ),
    );
  }
  return events;
}

const uptime = (events: readonly SignedEvent[], now = NOW) =>
  foldUptime(events, roster, site, foldIncidents(events, roster).incidents, now);
const runs = (events: readonly SignedEvent[], id = 'api') =>
  uptime(events).components[id]?.map(([days, level, down]) => [days, DAY_LEVELS[level], down]);

describe('what the watchers saw of a day', () => {
  test('counts major outage and three tenths of partial outage as down; maintenance and degraded are up', () => {
    const day = {
      operational: 86_400 - 9_600,
      major_outage: 600,
      partial_outage: 2_000,
      degraded_performance: 3_000,
      under_maintenance: 4_000,
    };
    expect(runs([rollUp(NORTH, YESTERDAY, api(day))])).toEqual([
      [89, 'unwatched', 0],
      [1, 'major_outage', 20],
    ]);
    expect(uptime([rollUp(NORTH, YESTERDAY, api(day))]).until).toBe(YESTERDAY);
  });

  test('shows the worst level that lasted for a minute', () => {
    const day = (spent: Readonly<Record<string, number>>) => runs([rollUp(NORTH, YESTERDAY, api(spent))])?.at(-1);
    expect(day({ operational: 86_341, major_outage: 59 })).toEqual([1, 'operational', 0]);
    expect(day({ operational: 86_340, major_outage: 59, partial_outage: 1 })).toEqual([1, 'partial_outage', 0]);
    expect(day({ operational: 86_340, degraded_performance: 60 })).toEqual([1, 'degraded_performance', 0]);
    expect(day({ operational: 86_340, major_outage: 60 })).toEqual([1, 'major_outage', 1]);
  });

  test('of several vantages is their median, of two their mean, without those that were blind for most of the day', () => {
    const down = (seconds: number) => api({ operational: 86_400 - seconds, major_outage: seconds });
    const three = [NORTH, SOUTH, EAST].map((pk, n) => rollUp(pk, YESTERDAY, down([0, 1_200, 86_400][n] ?? 0)));
    expect(runs(three)?.at(-1)).toEqual([1, 'major_outage', 20]);
    expect(runs(three.slice(0, 2))?.at(-1)).toEqual([1, 'major_outage', 10]);
    const blind = rollUp(SOUTH, YESTERDAY, api({ unknown: 43_201, major_outage: 43_199 }));
    expect(runs([rollUp(NORTH, YESTERDAY, allDay), blind])?.at(-1)).toEqual([1, 'operational', 0]);
    expect(runs([blind])).toBeUndefined();
  });

  test('is for one vantage what it said last; of two words that did not know of each other the worse', () => {
    const first = rollUp(NORTH, YESTERDAY, api({ operational: 85_800, major_outage: 600 }));
    const mended = rollUp(NORTH, YESTERDAY, allDay, [first.id]);
    expect(runs([mended, first])?.at(-1)).toEqual([1, 'operational', 0]);
    expect(runs([rollUp(NORTH, YESTERDAY, allDay), first])?.at(-1)).toEqual([1, 'major_outage', 10]);
  });

  test('may be told in several events, of which one that is silent about a component takes nothing back', () => {
    const cards = { 'component:cards': { operational: 86_400 } };
    const first = rollUp(NORTH, YESTERDAY, api({ operational: 86_100, major_outage: 300 }));
    const second = rollUp(NORTH, YESTERDAY, cards, [first.id]);
    const down = runs([first]);
    expect(down?.at(-1)).toEqual([1, 'major_outage', 5]);
    expect(runs([first, second])).toEqual(down);
    expect(runs([first, second], 'cards')?.at(-1)).toEqual([1, 'operational', 0]);
    const corrected = rollUp(NORTH, YESTERDAY, allDay, [second.id]);
    expect(runs([first, second, corrected])?.at(-1)).toEqual([1, 'operational', 0]);
  });

  test('does not count from others than watchers, nor with more seconds than a day has', () => {
    const broken = [
      rollUp(AUTHOR, YESTERDAY, allDay),
      rollUp(NORTH, YESTERDAY, api({ operational: 86_401 })),
      rollUp(NORTH, YESTERDAY, api({ operational: 86_401, unknown: -1 })),
      rollUp(SOUTH, dayOf(NOW), allDay),
      rollUp(SOUTH, '2026-13-45', allDay),
      said(NORTH, 'day', { day: YESTERDAY, seconds: { 'component:api': 7 } }),
      said(NORTH, 'day', null),
    ];
    expect(runs(broken)).toBeUndefined();
  });
});

describe('what incidents declared of a day', () => {
  test('counts from when it happened to the next word, over midnight, also where nobody watched', () => {
    const events = incident([
      { at: midnight(1) - HOUR, status: 'investigating', api: 'major_outage' },
      { at: midnight(1) + HOUR, status: 'identified', api: 'partial_outage' },
      { at: midnight(1) + 2 * HOUR, status: 'resolved', api: 'operational' },
    ]);
    expect(runs(events)).toEqual([
      [88, 'unwatched', 0],
      [1, 'major_outage', 60],
      [1, 'major_outage', 78],
    ]);
  });

  test('goes on while the incident is open, and ends with it whatever the last update lists', () => {
    const open = incident([{ at: midnight(2), status: 'investigating', api: 'major_outage' }]);
    expect(runs(open)?.at(-1)).toEqual([2, 'major_outage', 1440]);
    const closed = incident([
      { at: midnight(2), status: 'investigating', api: 'major_outage' },
      { at: midnight(2) + HOUR, status: 'resolved', api: 'major_outage' },
    ]);
    expect(runs(closed)?.slice(-2)).toEqual([
      [1, 'major_outage', 60],
      [1, 'unwatched', 0],
    ]);
  });

  test('counts once where two incidents overlap, and the greater of it and of what was seen', () => {
    const two = ['abc123abc123', 'def456def456'].flatMap((code) =>
      incident(
        [
          { at: midnight(1) + HOUR, status: 'investigating', api: 'major_outage' },
          { at: midnight(1) + 2 * HOUR, status: 'resolved', api: 'operational' },
        ],
        code,
      ),
    );
    const seen = (seconds: number) =>
      rollUp(NORTH, YESTERDAY, api({ operational: 86_400 - seconds, major_outage: seconds }));
    expect(runs(two)?.at(-1)).toEqual([1, 'major_outage', 60]);
    expect(runs([...two, seen(60)])?.at(-1)).toEqual([1, 'major_outage', 60]);
    expect(runs([...two, seen(7_200)])?.at(-1)).toEqual([1, 'major_outage', 120]);
  });

  test('counts no longer once it was taken back', () => {
    const events = incident([{ at: midnight(1), status: 'investigating', api: 'major_outage' }]);
    const whole = { incident: 'abc123abc123', update: null, reason: 'Another company.' };
    const retract = said(
      AUTHOR,
      'incident.retract',
      whole,
      events.map(({ id }) => id),
    );
    expect(runs([...events, retract])).toBeUndefined();
  });
});

const STATUSES = [
  'operational',
  'unknown',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
];
const someDay = fc.record({
  who: fc.constantFrom(NORTH, SOUTH, EAST, AUTHOR),
  ago: fc.integer({ min: -1, max: 92 }),
  spent: fc.dictionary(fc.constantFrom(...STATUSES), fc.nat(86_400)),
});
const someTold = fc.record({
  at: fc.integer({ min: -48, max: 24 * 4 }).map((hours) => NOW - hours * HOUR),
  status: fc.constantFrom('investigating', 'identified', 'resolved', 'postmortem'),
  api: fc.constantFrom(...STATUSES),
});
const history = fc.record({ days: fc.array(someDay, { maxLength: 12 }), told: fc.array(someTold, { maxLength: 5 }) });

describe('whatever is said', () => {
  test('order and repetition change nothing, no day has more than itself, and what nobody watched is not up', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat(1000)), ({ days, told }, order) => {
        const rollUps = days.map(({ who, ago, spent }) => rollUp(who, dayOf(NOW - ago * DAY), api(spent)));
        const events = [...rollUps, ...incident(told)];
        const result = uptime(events);
        const shuffled = [...events, ...events.slice(0, 3)]
          .map((event) => [order.next().value ?? 0, event] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, event]) => event);
        expect(uptime(shuffled)).toEqual(result);
        const watched = new Set(days.filter(({ who }) => who !== AUTHOR).map(({ ago }) => dayOf(NOW - ago * DAY)));
        for (const all of Object.values(result.components)) {
          expect(all.reduce((sum, [count]) => sum + count, 0)).toBe(90);
          const each = all.flatMap(([count, level, down]) =>
            Array.from({ length: count }, () => [level, down] as const),
          );
          for (const [place, [level, down]] of each.entries()) {
            expect(down).toBeLessThanOrEqual(1440);
            const day = dayOf(midnight(90 - place));
            if (!watched.has(day)) expect(DAY_LEVELS[level]).not.toBe('operational');
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
