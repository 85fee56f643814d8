import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoTime } from '../../src/model/clock.ts';
import { chainName, KIND, type SignedEvent } from '../../src/model/event.ts';
import { foldIncidents } from '../../src/model/incidents.ts';
import { foldRoster } from '../../src/model/roster.ts';
import { fakeEvent, fakeKey, ORG, ROOT, rosterEvent } from './events.ts';

const [ana, ben, watcher] = ['ana', 'ben', 'watcher'].map(fakeKey) as [string, string, string];
const rosterOf = (set: object = {}) =>
  foldRoster(
    [
      rosterEvent(ROOT, {
        grants: [
          { pk: ana, member: 'm1', roles: ['admin'] },
          { pk: ben, member: 'm2', roles: ['commander'] },
          { pk: watcher, member: 'm3', roles: ['watcher'], vantage: 'one' },
        ],
        set,
      }),
    ],
    ROOT,
  );
const roster = rosterOf();

interface Said {
  readonly by?: string;
  readonly ms?: number;
  readonly after?: readonly SignedEvent[];
}

function say(type: string, body: object, { by = ana, ms = 1_000, after = [] }: Said = {}): SignedEvent {
  const parents = after.map((event) => event.id);
  return fakeEvent(by, KIND.public, chainName.status(ORG), {
    v: 1,
    type,
    hlc: [ms, 0],
    parents,
    at: isoTime(ms),
    body,
  });
}

const CODE = 'aaaaaaaaaaaa';
const update = (body: object, said?: Said) =>
  say(
    'incident.update',
    {
      incident: CODE,
      name: 'Card payments',
      status: 'investigating',
      impact: 'minor',
      text: 'We look.',
      lang: null,
      components: [],
      ...body,
    },
    said,
  );
const fold = (...events: SignedEvent[]) => foldIncidents(events, roster);

describe('an incident', () => {
  test('is what the causally last update says, however wrong the clocks are', () => {
    const opened = update({ text: 'We look into it.' }, { ms: 9_000_000 });
    const resolved = update({ status: 'resolved', text: 'Over.' }, { by: ben, ms: 5, after: [opened] });
    expect(fold(resolved, opened).incidents).toMatchObject([
      {
        code: CODE,
        status: 'resolved',
        started_at: isoTime(9_000_000),
        resolved_at: isoTime(5),
        conflict: false,
        updates: [{ text: 'Over.' }, { text: 'We look into it.' }],
      },
    ]);
  });

  test('of two voices that had not heard each other the more cautious is shown, and the conflict said', () => {
    const opened = update({});
    const over = update(
      { status: 'resolved', impact: 'minor', components: [{ id: 'api', status: 'operational' }] },
      { ms: 90_000, after: [opened] },
    );
    const worse = update(
      { status: 'identified', impact: 'major', components: [{ id: 'api', status: 'major_outage' }] },
      { by: ben, ms: 10, after: [opened] },
    );
    const [shown] = fold(opened, over, worse).incidents;
    expect(shown).toMatchObject({ status: 'identified', impact: 'major', resolved_at: null, conflict: true });
    expect(shown?.components).toEqual([{ id: 'api', status: 'major_outage' }]);
    const settled = update({ status: 'monitoring' }, { after: [over, worse] });
    expect(fold(opened, over, worse, settled).incidents[0]).toMatchObject({ status: 'monitoring', conflict: false });
  });

  test('follows the cause also through what a watcher saw', () => {
    const opened = update({});
    const seen = say('observation', { subject: 'component:api' }, { by: watcher, after: [opened] });
    const resolved = update({ status: 'resolved' }, { by: ben, after: [seen] });
    expect(fold(resolved, seen, opened).incidents[0]).toMatchObject({ status: 'resolved', conflict: false });
  });

  test('loses an update that is taken back, and goes when it is taken back whole', () => {
    const opened = update({});
    const wrong = update({ status: 'resolved', text: 'Oops.' }, { after: [opened] });
    const oops = say(
      'incident.retract',
      { incident: CODE, update: wrong.id, reason: 'wrong window' },
      { after: [wrong] },
    );
    expect(fold(opened, wrong, oops).incidents[0]).toMatchObject({
      status: 'investigating',
      updates: [{ id: opened.id }],
    });
    const gone = say('incident.retract', { incident: CODE, update: null, reason: 'a test' }, { after: [oops] });
    expect(fold(opened, wrong, oops, gone).incidents).toEqual([]);
    const unaware = update({ text: 'Still failing.' }, { by: ben, after: [opened] });
    expect(fold(opened, gone, unaware).incidents).toHaveLength(1);
  });

  test('is not touched by a stranger, a watcher, or a text that is not canonical', () => {
    const opened = update({});
    const forged = [fakeKey('nobody'), watcher].map((by) => update({ status: 'resolved' }, { by, after: [opened] }));
    const spaced = { ...update({ status: 'resolved' }, { after: [opened] }) };
    expect(fold(opened, ...forged, { ...spaced, content: ` ${spaced.content}` }).incidents[0]?.updates).toHaveLength(1);
  });
});

describe('a status set by hand', () => {
  const set = (status: string, said?: Said) => say('component.set', { component: 'api', status }, said);

  test('stands until something said later overwrites it', () => {
    const down = set('partial_outage');
    expect(fold(down).settings.get('api')).toMatchObject({ status: 'partial_outage', conflict: false });
    const up = set('operational', { by: ben, after: [down] });
    expect(fold(up, down).settings.get('api')?.status).toBe('operational');
    const mentioned = update(
      { status: 'resolved', components: [{ id: 'api', status: 'operational' }] },
      { after: [down] },
    );
    expect(fold(down, mentioned).settings.has('api')).toBe(false);
  });

  test('twice at once shows the worse', () => {
    const both = [set('operational', { ms: 99_999 }), set('degraded_performance', { by: ben })];
    expect(fold(...both).settings.get('api')).toMatchObject({ status: 'degraded_performance', conflict: true });
  });
});

describe('any conversation', () => {
  const act = fc.record({
    by: fc.constantFrom(ana, ben),
    status: fc.constantFrom('investigating', 'identified', 'resolved'),
    impact: fc.constantFrom('minor', 'critical'),
    ms: fc.nat(100_000),
    sees: fc.array(fc.nat(20), { maxLength: 3 }),
  });
  type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

  function play(acts: readonly Act[], clock: (ms: number) => number = (ms) => ms): SignedEvent[] {
    const events: SignedEvent[] = [];
    for (const [i, { by, ms, sees, ...body }] of acts.entries()) {
      const after = sees.flatMap((n) => events[n] ?? []);
      events.push(update({ ...body, text: `update ${i}` }, { by, ms: clock(ms), after }));
    }
    return events;
  }

  test('folds to the same in any order, also when events come twice', () => {
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 8 }).chain((acts) => {
          const events = play(acts);
          return fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
          );
        }),
        ([events, shuffled]) => {
          expect(foldIncidents(shuffled, roster)).toEqual(foldIncidents(events, roster));
        },
      ),
    );
  });

  test('reaches the same state whatever the clocks said', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 8 }), (acts) => {
        const states = [play(acts), play(acts, (ms) => 100_000 - ms), play(acts, () => 0)].map((events) =>
          foldIncidents(events, roster).incidents.map(({ status, impact, conflict }) => ({ status, impact, conflict })),
        );
        expect(states[1]).toEqual(states[0]);
        expect(states[2]).toEqual(states[0]);
      }),
    );
  });

  test('never shows an effect before its cause', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 8 }), (acts) => {
        const events = play(acts);
        const place = new Map(foldIncidents(events, roster).incidents[0]?.updates.map(({ id }, i) => [id, -i]));
        for (const event of events) {
          for (const parent of JSON.parse(event.content).parents) {
            expect(place.get(parent)).toBeLessThan(place.get(event.id) ?? Number.NEGATIVE_INFINITY);
          }
        }
      }),
    );
  });
});
