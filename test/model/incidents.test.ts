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

  test('keeps an update that is taken back in sight, struck, and goes when it is taken back whole', () => {
    const opened = update({});
    const wrong = update({ status: 'resolved', text: 'Oops.' }, { after: [opened] });
    const oops = say(
      'incident.retract',
      { incident: CODE, update: wrong.id, reason: 'wrong window' },
      { after: [wrong] },
    );
    expect(fold(opened, wrong, oops).incidents[0]).toMatchObject({
      status: 'investigating',
      updates: [{ id: wrong.id, retracted: { reason: 'wrong window' } }, { id: opened.id }],
    });
    const gone = say('incident.retract', { incident: CODE, update: null, reason: 'a test' }, { after: [oops] });
    const after = fold(opened, wrong, oops, gone);
    expect(after.incidents).toEqual([]);
    expect(after.retracted.incidents).toMatchObject([{ code: CODE, retracted: { reason: 'a test' } }]);
    const unaware = update({ text: 'Still failing.' }, { by: ben, after: [opened] });
    expect(fold(opened, gone, unaware).incidents).toHaveLength(1);
  });

  test('taken back by one who had not heard the others stands with the conflict said, until somebody speaks who heard both', () => {
    const opened = update({});
    const drill = { incident: CODE, update: null, reason: 'a drill' };
    const gone = say('incident.retract', drill, { ms: 9_000, after: [opened] });
    const unaware = update({ text: 'Still failing.' }, { by: ben, ms: 8_000, after: [opened] });
    const retractions = [{ at: isoTime(9_000), reason: 'a drill' }];
    expect(fold(opened, gone).retracted.incidents).toMatchObject([{ updated_at: isoTime(9_000), retractions }]);
    const [contested] = fold(opened, gone, unaware).incidents;
    expect(contested).toMatchObject({ updated_at: isoTime(9_000), conflict: true, retractions });
    expect(contested).not.toHaveProperty('retracted');
    const settled = update({}, { ms: 8_500, after: [gone, unaware] });
    expect(fold(opened, gone, unaware, settled).incidents).toMatchObject([
      { updated_at: isoTime(9_000), conflict: false, retractions },
    ]);
  });

  test('is not touched by a stranger, a watcher, or a text that is not canonical', () => {
    const opened = update({});
    const forged = [fakeKey('nobody'), watcher].map((by) => update({ status: 'resolved' }, { by, after: [opened] }));
    const spaced = { ...update({ status: 'resolved' }, { after: [opened] }) };
    expect(fold(opened, ...forged, { ...spaced, content: ` ${spaced.content}` }).incidents[0]?.updates).toHaveLength(1);
  });
});

describe('a correction', () => {
  const opened = update({ text: 'Card paymets fail.' });
  const resolved = update({ status: 'resolved', text: 'Over.' }, { ms: 2_000, after: [opened] });
  const mended = update({ text: 'Card payments fail.', corrects: opened.id }, { ms: 3_000, after: [resolved] });

  test('stands in the place of what it corrects, with both texts, and reopens nothing', () => {
    const [incident] = fold(mended, opened, resolved).incidents;
    expect(incident).toMatchObject({
      status: 'resolved',
      updated_at: isoTime(3_000),
      updates: [
        { id: resolved.id },
        {
          id: mended.id,
          text: 'Card payments fail.',
          at: isoTime(1_000),
          written_at: isoTime(3_000),
          corrected: [{ id: opened.id, text: 'Card paymets fail.' }],
        },
      ],
    });
  });

  test('of a correction keeps every text; a circle of them corrects nothing', () => {
    const again = update({ text: 'Some card payments fail.', corrects: mended.id }, { ms: 4_000, after: [mended] });
    const [incident] = fold(opened, resolved, mended, again).incidents;
    expect(incident?.updates[1]?.corrected?.map(({ text }) => text)).toEqual([
      'Card payments fail.',
      'Card paymets fail.',
    ]);
    const missing = update({ text: 'Alone.', corrects: 'f'.repeat(64) });
    expect(fold(missing).incidents[0]?.updates).toMatchObject([{ text: 'Alone.' }]);
  });

  test('that comes late beside another takes nothing from the time of the last word', () => {
    // The one with the lowest id is shown, whichever that is.
    const times = [6_000, 7_000, 8_000, 9_000];
    const again = times.map((ms) => update({ text: `At ${ms}.`, corrects: opened.id }, { ms, after: [resolved] }));
    expect(fold(opened, resolved, ...again).incidents[0]?.updated_at).toBe(isoTime(9_000));
  });

  test('falls with what is taken back, whichever of the two is named', () => {
    for (const update of [opened.id, mended.id]) {
      const oops = say('incident.retract', { incident: CODE, update, reason: 'wrong' }, { ms: 5_000, after: [mended] });
      expect(fold(opened, resolved, mended, oops).incidents[0]?.updates[1]).toMatchObject({
        retracted: { reason: 'wrong' },
      });
    }
  });
});

test('a backfilled update stands at the time it is dated to, and says when it was written', () => {
  const past = update({ status: 'resolved', display_at: isoTime(500) }, { ms: 9_000 });
  expect(fold(past).incidents).toMatchObject([
    {
      started_at: isoTime(500),
      resolved_at: isoTime(500),
      updated_at: isoTime(9_000),
      updates: [{ at: isoTime(500), written_at: isoTime(9_000) }],
    },
  ]);
});

describe('a maintenance', () => {
  const times = { scheduled_for: isoTime(10_000), scheduled_until: isoTime(20_000) };
  const words = { name: 'New database', impact: 'maintenance', text: 'Planned.', lang: null, components: ['cards'] };
  const work = (body: object, said?: Said) =>
    say('maintenance.update', { maintenance: 'm00000000001', status: 'scheduled', ...words, ...times, ...body }, said);

  test('is what its last update says, with the times at which it began and ended', () => {
    const planned = work({});
    const begun = work({ status: 'in_progress' }, { ms: 11_000, after: [planned] });
    expect(fold(begun, planned).maintenances).toMatchObject([
      { status: 'in_progress', started_at: isoTime(11_000), ended_at: null, components: ['cards'], ...times },
    ]);
    const done = work({ status: 'completed' }, { ms: 19_000, after: [begun] });
    expect(fold(done, begun, planned).maintenances).toMatchObject([{ status: 'completed', ended_at: isoTime(19_000) }]);
  });

  test('that was moved is where the last word moved it; said at once, the widest span is shown with the conflict', () => {
    const planned = work({});
    const moved = work({ scheduled_for: isoTime(12_000) }, { ms: 2_000, after: [planned] });
    expect(fold(planned, moved).maintenances[0]?.scheduled_for).toBe(isoTime(12_000));
    const longer = work({ scheduled_until: isoTime(30_000) }, { by: ben, ms: 2_000, after: [planned] });
    expect(fold(planned, moved, longer).maintenances).toMatchObject([
      { scheduled_for: isoTime(10_000), scheduled_until: isoTime(30_000), conflict: true },
    ]);
  });

  test('can be taken back whole, by the same word as an incident', () => {
    const planned = work({});
    const gone = say(
      'incident.retract',
      { incident: 'm00000000001', update: null, reason: 'not ours' },
      { after: [planned] },
    );
    const { maintenances, retracted } = fold(planned, gone);
    expect([maintenances, retracted.maintenances]).toMatchObject([[], [{ retracted: { reason: 'not ours' } }]]);
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

  describe('is overwritten by what an incident newly says of the component now, and by nothing else', () => {
    const api = (status: string) => ({ components: [{ id: 'api', status }] });
    const opened = update({ status: 'identified', ...api('partial_outage') });
    const down = set('major_outage', { by: ben, after: [opened], ms: 2_000 });
    const later = (body: object, after = [down]) => update(body, { after, ms: 3_000 });
    const standing = (...events: SignedEvent[]) => fold(opened, down, ...events).settings.get('api')?.status;

    test.each([
      ['an update that repeats its part', later({ status: 'monitoring', ...api('partial_outage') })],
      ['a resolution that repeats its part', later({ status: 'resolved', ...api('partial_outage') })],
      ['a resolution that names no part', later({ status: 'resolved' })],
      ['a report', later({ status: 'postmortem', ...api('operational') })],
      ['what is told of an earlier time', later({ ...api('operational'), display_at: isoTime(500) })],
      [
        'an incident that was over when it was told',
        later({ incident: 'b00000000001', status: 'resolved', ...api('major_outage') }),
      ],
      [
        'what did not know of it',
        update({ status: 'monitoring', ...api('operational') }, { after: [opened], ms: 9_000 }),
      ],
    ])('not by %s', (_, event) => {
      expect(standing(event)).toBe('major_outage');
    });

    test.each([
      ['a worse or better word', later({ status: 'monitoring', ...api('degraded_performance') })],
      ['a resolution that says it works', later({ status: 'resolved', ...api('operational') })],
      ['an incident that begins', later({ incident: 'b00000000001', ...api('partial_outage') })],
    ])('by %s', (_, event) => {
      expect(standing(event)).toBeUndefined();
    });

    test('what was taken back overwrites nothing', () => {
      const works = later({ status: 'resolved', ...api('operational') });
      const gone = say(
        'incident.retract',
        { incident: 'a00000000001', update: works.id, reason: 'no' },
        { after: [works] },
      );
      expect(standing(works, gone)).toBe('major_outage');
    });
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
