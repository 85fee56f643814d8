import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chainName, KIND, type SignedEvent } from '../../src/model/event.ts';
import { counts, foldRoster, isReader, liveKeys, may, type Roster } from '../../src/model/roster.ts';
import { fakeEvent, fakeKey, ORG, ROOT, rosterEvent } from './events.ts';

const [ana, ben, cleo, thief] = ['ana', 'ben', 'cleo', 'thief'].map(fakeKey) as [string, string, string, string];
const grant = (pk: string, ...roles: string[]) => ({ pk, member: `m-${pk.slice(0, 6)}`, roles });
const STATUS = chainName.status(ORG);
const ROOM = chainName.room('5'.repeat(32));

const first = rosterEvent(ROOT, {
  grants: [grant(ana, 'admin'), grant(ben, 'admin', 'commander')],
  next: 'f'.repeat(64),
});
const rolesOf = (roster: Roster, pk: string) => roster.keys.get(pk)?.roles ?? [];
const fold = (...events: SignedEvent[]) => foldRoster(events, ROOT);

describe('grants', () => {
  test('count from the root down, and from nobody else', () => {
    const byBen = rosterEvent(ben, { grants: [grant(cleo, 'responder')] });
    const byStranger = rosterEvent(thief, { grants: [grant(thief, 'admin')] });
    const byResponder = rosterEvent(cleo, { grants: [grant(thief, 'observer')] });
    const roster = fold(first, byBen, byStranger, byResponder);
    expect(
      liveKeys(roster)
        .map((key) => key.pk)
        .sort(),
    ).toEqual([ana, ben, cleo].sort());
    expect(rolesOf(roster, ben)).toEqual(['admin', 'commander']);
    expect(roster.next).toBe('f'.repeat(64));
  });

  test('leave out a statement that is not canonical, and a role that nobody knows yet', () => {
    const spaced = { ...rosterEvent(ana, { grants: [grant(cleo, 'admin')] }), content: '{ "v":1, "gen":0 }' };
    const roster = fold(first, spaced, rosterEvent(ana, { grants: [grant(thief, 'astronaut', 'observer')] }));
    expect(roster.keys.has(cleo)).toBe(false);
    expect(rolesOf(roster, thief)).toEqual(['observer']);
  });
});

describe('removal', () => {
  test('beats a grant, whoever came first, and cannot reach the root', () => {
    const removal = rosterEvent(ana, {
      removes: [
        { pk: ben, cut: {} },
        { pk: ROOT, cut: {} },
      ],
    });
    const again = rosterEvent(ROOT, { grants: [grant(ben, 'admin')] });
    for (const roster of [fold(first, removal, again), fold(again, removal, first)]) {
      expect(may(roster, ben, KIND.sealed)).toBe(false);
      expect(isReader(roster, ben)).toBe(false);
      expect(may(roster, ROOT, KIND.roster)).toBe(true);
      expect(isReader(roster, ana)).toBe(true);
    }
  });

  test('counts for ever, even when the one who signed it was removed before', () => {
    const benRemovesCleo = rosterEvent(ben, { grants: [grant(cleo, 'responder')], removes: [{ pk: cleo, cut: {} }] });
    const roster = fold(
      first,
      rosterEvent(ana, { grants: [grant(cleo, 'responder')], removes: [{ pk: ben, cut: {} }] }),
      benRemovesCleo,
    );
    expect(roster.removed).toEqual(new Set([ben, cleo]));
  });

  test('keeps what lies at or behind the cut, and nothing that a thief appends or back-dates', () => {
    const honest = rosterEvent(ben, { grants: [grant(cleo, 'responder')] });
    const last = rosterEvent(ben, { set: { mirrors: [1, ['https://mirror.example']] } }, honest);
    const removal = rosterEvent(ana, { removes: [{ pk: ben, cut: { [chainName.roster(ORG)]: [last.id] } }] });
    const appended = rosterEvent(ben, { grants: [grant(thief, 'admin')] }, last);
    const backDated = rosterEvent(ben, { grants: [grant(thief, 'admin'), grant(thief, 'observer')] });
    const roster = fold(first, removal, appended, backDated, last, honest);
    expect(rolesOf(roster, cleo)).toEqual(['responder']);
    expect(roster.settings.mirrors).toEqual(['https://mirror.example']);
    expect(roster.keys.has(thief)).toBe(false);
    expect(counts(roster, honest)).toBe(true);
    expect(counts(roster, appended)).toBe(false);
    expect(counts(roster, backDated)).toBe(false);
  });

  test('by two admins keeps only what both accept', () => {
    const one = fakeEvent(cleo, KIND.public, STATUS, { n: 1 });
    const two = fakeEvent(cleo, KIND.public, STATUS, { n: 2 }, one);
    const grants = rosterEvent(ana, { grants: [grant(cleo, 'commander')] });
    const byAna = rosterEvent(ana, { removes: [{ pk: cleo, cut: { [STATUS]: [two.id] } }] });
    const byBen = rosterEvent(ben, { removes: [{ pk: cleo, cut: { [STATUS]: [one.id] } }] });
    expect(counts(fold(first, grants, byAna, one, two), two, 'component.set')).toBe(true);
    const roster = fold(first, grants, byAna, byBen, one, two);
    expect([one, two].map((event) => counts(roster, event, 'component.set'))).toEqual([true, false]);
    expect(roster.cutIds).toEqual(new Set([one.id, two.id]));
  });

  test('of a room writer is cut in the next 3912 of that room, by a live key only', () => {
    const one = fakeEvent(ben, KIND.sealed, ROOM, 'sealed');
    const two = fakeEvent(ben, KIND.sealed, ROOM, 'late', one);
    const removal = rosterEvent(ana, { removes: [{ pk: ben, cut: {} }] });
    const ownCut = fakeEvent(ben, KIND.key, ROOM, { v: 1, cuts: [{ pk: ben, ids: [two.id] }] });
    expect(counts(fold(first, removal, one, two, ownCut), one)).toBe(false);
    const cut = fakeEvent(ana, KIND.key, ROOM, { v: 1, cuts: [{ pk: ben, ids: [one.id] }] });
    const roster = fold(first, removal, one, two, ownCut, cut);
    expect([one, two].map((event) => counts(roster, event))).toEqual([true, false]);
  });
});

describe('settings, invites, purges and generations', () => {
  test('the highest number wins, then the lowest id', () => {
    const same = ['a', 'b'].map((name) => rosterEvent(ana, { set: { relays: [2, [`wss://${name}.example`]] } }));
    const lowest = same.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0];
    const older = rosterEvent(ben, { set: { relays: [1, ['wss://old.example']] } });
    const roster = fold(first, older, ...same);
    expect(roster.settings.relays).toEqual(JSON.parse(lowest?.content ?? '').set.relays[1]);
    expect(roster.versions.relays).toBe(2);
  });

  test('an invite key may sign a join and nothing else, until it is removed', () => {
    const invite = rosterEvent(ana, { invites: [thief] });
    expect([KIND.join, KIND.sealed].map((kind) => may(fold(first, invite), thief, kind))).toEqual([true, false]);
    const closed = rosterEvent(ben, { removes: [{ pk: thief, cut: {} }] });
    expect(may(fold(first, invite, closed), thief, KIND.join)).toBe(false);
  });

  test('one admin alone cannot purge; two members or the root can', () => {
    const [x, y] = ['1'.repeat(64), '2'.repeat(64)];
    const roster = fold(first, rosterEvent(ana, { purges: [x, y] }), rosterEvent(ben, { purges: [x] }));
    expect(roster.purged).toEqual(new Set([x]));
    expect(fold(first, rosterEvent(ROOT, { purges: [y] })).purged).toEqual(new Set([y]));
  });

  test('only the root raises the generation, and then nothing older counts', () => {
    const selfMade = rosterEvent(ben, { gen: 9, removes: [{ pk: ana, cut: {} }] });
    expect(fold(first, selfMade).generation).toBe(0);
    const coup = rosterEvent(ben, { removes: [{ pk: ana, cut: {} }], grants: [grant(thief, 'admin')] });
    const answer = rosterEvent(ROOT, { gen: 1, grants: [grant(ana, 'admin')], removes: [{ pk: ben, cut: {} }] });
    const roster = fold(first, coup, answer, selfMade);
    expect(roster.generation).toBe(1);
    expect(liveKeys(roster).map((key) => key.pk)).toEqual([ana]);
  });
});

describe('the table of roles', () => {
  const watcher = fakeKey('watcher');
  const publisher = fakeKey('publisher');
  const roster = fold(
    first,
    rosterEvent(ana, {
      grants: [
        { ...grant(watcher, 'watcher'), vantage: 'hetzner' },
        grant(publisher, 'publisher'),
        grant(cleo, 'responder'),
        grant(thief, 'observer'),
      ],
    }),
  );

  test.each([
    [ana, KIND.public, 'incident.update', true],
    [ana, KIND.public, 'observation', false],
    [ben, KIND.public, 'override', true],
    [cleo, KIND.public, 'override', false],
    [cleo, KIND.public, 'approve', true],
    [cleo, KIND.roster, undefined, false],
    [watcher, KIND.sealed, 'alert', true],
    [watcher, KIND.sealed, 'note', false],
    [watcher, KIND.pulse, undefined, true],
    [publisher, KIND.public, 'page', true],
    [publisher, KIND.public, 'incident.update', false],
    [publisher, KIND.snapshot, undefined, true],
    [thief, KIND.sealed, 'note', false],
    [ROOT, KIND.sealed, undefined, false],
  ])('%s signing %i %s: %s', (pk, kind, type, answer) => {
    expect(may(roster, pk, kind, type)).toBe(answer);
  });

  test('an observer reads, a watcher does not', () => {
    expect([ana, cleo, thief, watcher, publisher].map((pk) => isReader(roster, pk))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(roster.keys.get(watcher)?.vantage).toBe('hetzner');
  });
});

describe('any history', () => {
  const people = ['a', 'b', 'c', 'd', 'e'].map(fakeKey);
  const pk = fc.constantFrom(...people);
  const act = fc.record({
    by: fc.constantFrom(ROOT, ...people),
    grants: fc.array(
      fc.record({ pk, member: fc.constantFrom('m1', 'm2'), roles: fc.subarray(['admin', 'responder', 'watcher']) }),
      { maxLength: 3 },
    ),
    removes: fc.array(fc.record({ pk, seen: fc.nat(6) }), { maxLength: 1 }),
    relays: fc.option(fc.nat(3)),
    gen: fc.constantFrom(0, 0, 0, 1),
  });

  /** Plays acts in a row; every author chains its own events, and a removal cuts at what the author had then. */
  function play(acts: readonly (typeof act extends fc.Arbitrary<infer Act> ? Act : never)[]): SignedEvent[] {
    const events: SignedEvent[] = [];
    for (const { by, grants, removes, relays, gen } of acts) {
      const cuts = removes.map(({ pk: gone, seen }) => {
        const ids = events
          .filter((event) => event.pubkey === gone)
          .slice(0, seen)
          .slice(-1)
          .map((event) => event.id);
        return { pk: gone, cut: { [chainName.roster(ORG)]: ids } };
      });
      const set = relays === null ? {} : { relays: [relays, [`wss://${events.length}.example`]] };
      events.push(
        rosterEvent(
          by,
          { gen, grants, removes: cuts, set },
          events.findLast((event) => event.pubkey === by),
        ),
      );
    }
    return events;
  }

  const plain = (roster: Roster) => ({
    ...roster,
    keys: new Map([...roster.keys].sort()),
    removed: [...roster.removed].sort(),
    invites: [...roster.invites].sort(),
    accepted: [...roster.accepted].sort(),
    cutIds: [...roster.cutIds].sort(),
  });

  test('gives the same roster in any order of arrival, also when events come twice', () => {
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 9 }).chain((acts) => {
          const events = play(acts);
          return fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
          );
        }),
        ([events, shuffled]) => {
          expect(plain(foldRoster(shuffled, ROOT))).toEqual(plain(foldRoster(events, ROOT)));
        },
      ),
    );
  });

  // What it may still do is remove: DESIGN §6 answers a malicious admin with a new generation, not with a cut.
  test('a thief who holds a removed key wins nobody a role', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 6 }), fc.array(act, { maxLength: 4 }), (before, theft) => {
        const removal = rosterEvent(ROOT, { removes: [{ pk: ben, cut: {} }] });
        const settled = [first, ...play(before.map((one) => ({ ...one, gen: 0 }))), removal];
        const stolen = play(theft.map((one) => ({ ...one, by: ben, gen: 0 })));
        const was = foldRoster(settled, ROOT);
        for (const { pk, roles } of liveKeys(foldRoster([...settled, ...stolen], ROOT))) {
          expect(rolesOf(was, pk)).toEqual(expect.arrayContaining([...roles]));
        }
      }),
    );
  });

  test('no removed key is ever live', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 9 }), (acts) => {
        const roster = foldRoster(play(acts), ROOT);
        for (const gone of roster.removed) {
          for (const kind of Object.values(KIND)) expect(may(roster, gone, kind)).toBe(false);
        }
      }),
    );
  });
});
