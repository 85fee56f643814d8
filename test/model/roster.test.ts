import { describe, expect, test } from 'vitest';
import { eventId } from '../../src/log/event.ts';
import { chainName, KIND, type SignedEvent } from '../../src/model/event.ts';
import { stubOf } from '../../src/model/purge.ts';
import { counts, foldRoster, isReader, liveKeys, may, type Roster } from '../../src/model/roster.ts';
import { fakeEvent, fakeKey, ORG, ROOT, rosterEvent } from './events.ts';
import { permutations } from './histories.ts';

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

  test('is walked through the stub of what is purged, and not through one whose purge no longer counts', () => {
    const one = fakeEvent(cleo, KIND.public, STATUS, { n: 1 });
    const two = fakeEvent(cleo, KIND.public, STATUS, { n: 2 }, one);
    const stub = stubOf(two);
    const said = { grants: [grant(cleo, 'commander')], removes: [{ pk: cleo, cut: { [STATUS]: [two.id] } }] };
    const purge = rosterEvent(ROOT, { purges: [two.id] });
    expect(counts(fold(first, rosterEvent(ana, said), purge, one, stub), one, 'component.set')).toBe(true);
    const anew = rosterEvent(ROOT, { gen: 1, ...said });
    expect(counts(fold(first, purge, anew, one, stub), one, 'component.set')).toBe(false);
    expect(counts(fold(first, purge, anew, one, two), one, 'component.set')).toBe(true);
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

  test('count with a number and addresses that can be followed; of a statement with another, the rest counts', () => {
    const sound = {
      relays: [1, ['wss://a.example']],
      mirrors: [1, ['https://m.example']],
      approvals: [1, { major: 1 }],
    };
    const beyond = 2 ** 40 + 1;
    const unsound = [
      { relays: [Number.MAX_SAFE_INTEGER, ['wss://evil.example']], approvals: [beyond, { critical: 1 }] },
      { relays: [2, ['javascript:1', 'wss://evil.example']], mirrors: [2, ['wss://evil.example']] },
      { alerts: [beyond, ['5'.repeat(32)]], vault: [beyond, ['age1evil']], mirrors: [beyond, []] },
    ].map((set) => rosterEvent(ben, { set, grants: [grant(cleo, 'responder')] }));
    const roster = fold(first, rosterEvent(ana, { set: sound }), ...unsound);
    expect(roster.settings).toEqual({
      relays: ['wss://a.example'],
      mirrors: ['https://m.example'],
      vault: [],
      alerts: [],
      approvals: { major: 1 },
    });
    expect(roster.versions).toEqual({ relays: 1, mirrors: 1, vault: 0, alerts: 0, approvals: 1 });
    expect(roster.approvalRules).toHaveLength(1);
    expect(rolesOf(roster, cleo)).toEqual(['responder']);
    const highest = rosterEvent(ben, { set: { relays: [2 ** 40, ['ws://b.example']] } });
    expect(fold(first, highest).settings.relays).toEqual(['ws://b.example']);
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

describe('a cut in a room', () => {
  const grants = rosterEvent(ROOT, { grants: [ana, ben, cleo].map((pk) => grant(pk, 'admin')) });
  const cutIn = (by: string, pk: string, ids: string[], previous?: SignedEvent) =>
    fakeEvent(by, KIND.key, ROOM, { v: 1, cuts: [{ pk, ids }] }, previous);
  const honest = fakeEvent(cleo, KIND.sealed, ROOM, 'honest');
  const stolen = fakeEvent(cleo, KIND.sealed, ROOM, 'stolen', honest);
  const byAna = cutIn(ana, cleo, [honest.id]);
  const removal = (...gone: string[]) => rosterEvent(ROOT, { removes: gone.map((pk) => ({ pk, cut: {} })) });

  test('outlives the removal of the admin who wrote it, as far as that admin is believed', () => {
    const byBen = cutIn(ben, ana, [byAna.id]);
    const roster = fold(grants, honest, stolen, byAna, byBen, removal(ana, cleo));
    expect([honest, stolen, byAna].map((event) => counts(roster, event))).toEqual([true, false, true]);
    const disbelieved = fold(grants, honest, stolen, byAna, cutIn(ben, ana, []), removal(ana, cleo));
    expect([honest, stolen].map((event) => counts(disbelieved, event))).toEqual([false, false]);
  });

  test('of a living writer silences what removed ones said of the same key; nobody cuts himself', () => {
    const late = cutIn(ana, cleo, [stolen.id], byAna);
    const byBen = cutIn(ben, ana, [late.id]);
    const alsoCleo = cutIn(ben, cleo, [honest.id], byBen);
    const roster = fold(grants, honest, stolen, byAna, late, byBen, alsoCleo, removal(ana, cleo));
    expect([honest, stolen].map((event) => counts(roster, event))).toEqual([true, false]);
    const own = cutIn(cleo, cleo, [stolen.id]);
    expect(counts(fold(grants, honest, stolen, own, removal(cleo)), stolen)).toBe(false);
  });
});

describe('every order of arrival', () => {
  const ROSTER = chainName.roster(ORG);
  const everywhere = (pk: string, tip?: SignedEvent) => ({ pk, cut: { [ROSTER]: tip === undefined ? [] : [tip.id] } });
  const dora = fakeKey('dora');
  const benGrants = rosterEvent(ben, { grants: [grant(cleo, 'admin')] });
  const cleoGrants = rosterEvent(cleo, { grants: [grant(dora, 'responder')] });

  /** The same answer from all permutations. */
  function inEveryOrder(events: readonly SignedEvent[], look: (roster: Roster) => unknown): unknown {
    const answers = new Set(permutations(events).map((order) => JSON.stringify(look(foldRoster(order, ROOT)))));
    expect(answers.size).toBe(1);
    return JSON.parse([...answers][0] ?? '');
  }
  const live = (roster: Roster) =>
    liveKeys(roster)
      .map(({ pk }) => pk)
      .sort();

  test('two admins who remove each other are both gone', () => {
    const byAna = rosterEvent(ana, { removes: [everywhere(ben)] });
    const byBen = rosterEvent(ben, { removes: [everywhere(ana)] });
    expect(inEveryOrder([first, byAna, byBen], live)).toEqual([]);
  });

  test('a removal wins the race against a grant, and a fresh key comes in', () => {
    const removal = rosterEvent(ana, { removes: [everywhere(cleo)] });
    const again = rosterEvent(ana, { grants: [grant(cleo, 'commander')] });
    const fresh = rosterEvent(ana, { grants: [grant(dora, 'responder')] });
    expect(inEveryOrder([first, benGrants, removal, again, fresh], live)).toEqual([ana, ben, dora].sort());
  });

  test('an admin of an admin who was removed is an ever-admin; its grants fall with the cut, its removals stay', () => {
    const cleoRemoves = rosterEvent(cleo, { removes: [everywhere(ana)] }, cleoGrants);
    const removal = rosterEvent(ROOT, { removes: [everywhere(ben)] });
    const events = [first, benGrants, cleoGrants, cleoRemoves, removal];
    const look = (roster: Roster) => [[...roster.everAdmins].sort(), live(roster), [...roster.removed].sort()];
    expect(inEveryOrder(events, look)).toEqual([[ana, ben, cleo, ROOT].sort(), [], [ana, ben].sort()]);
  });

  test('a thief with a removed admin key wins nothing by appending, forking, back-dating or another chain', () => {
    const tip = rosterEvent(ben, { set: { relays: [1, ['wss://ours.example']] } }, benGrants);
    const removal = rosterEvent(ana, { removes: [everywhere(ben, tip)] });
    const steal = { grants: [grant(thief, 'admin')], set: { relays: [9, ['wss://evil.example']] } };
    const appended = rosterEvent(ben, steal, tip);
    const forked = rosterEvent(ben, steal, benGrants);
    const elsewhere = { ...fakeEvent(ben, KIND.roster, STATUS, { v: 1, gen: 0, ...steal }, tip) };
    const old = { ...rosterEvent(ben, steal), created_at: 1 };
    const backDated = { ...old, id: eventId(old) };
    for (const trick of [appended, forked, elsewhere, backDated]) {
      const look = (roster: Roster) => [live(roster), roster.settings.relays, counts(roster, trick)];
      expect(inEveryOrder([first, benGrants, tip, removal, trick], look)).toEqual([
        [ana, cleo].sort(),
        ['wss://ours.example'],
        false,
      ]);
    }
  });

  test('a thief cannot reach from outside into what a cut lets count, nor pass off another kind', () => {
    const say = (n: number, previous?: SignedEvent) => fakeEvent(cleo, KIND.public, STATUS, { n }, previous);
    const [one, two] = [say(1), say(2)];
    const three = say(3, two);
    const removal = rosterEvent(ana, { removes: [{ pk: cleo, cut: { [STATUS]: [three.id] } }] });
    const byAnother = fakeEvent(thief, KIND.public, STATUS, { n: 4 }, three);
    const asRoster = fakeEvent(cleo, KIND.roster, STATUS, { v: 1, gen: 0, grants: [grant(thief, 'admin')] }, three);
    const look = (roster: Roster) =>
      [one, two, three, byAnother, asRoster].map((event) => counts(roster, event, 'component.set'));
    const grants = rosterEvent(ana, { grants: [grant(cleo, 'commander')] });
    const [a, b] = [one, byAnother].map((trick) => inEveryOrder([first, grants, removal, two, three, trick], look));
    expect([a, b]).toEqual(Array(2).fill([false, true, true, false, false]));
  });

  test('a cut that names what nobody holds accepts nothing until it comes, and then only that chain', () => {
    const say = (n: number, previous?: SignedEvent) => fakeEvent(cleo, KIND.public, STATUS, { n }, previous);
    const [one, strange] = [say(1), say(9)];
    const two = say(2, one);
    const grants = rosterEvent(ana, { grants: [grant(cleo, 'commander')] });
    const removal = rosterEvent(ana, { removes: [{ pk: cleo, cut: { [STATUS]: [two.id] } }] });
    const look = (roster: Roster) => [one, two, strange].map((event) => counts(roster, event, 'component.set'));
    expect(inEveryOrder([first, grants, removal, one, strange], look)).toEqual([false, false, false]);
    expect(inEveryOrder([first, grants, removal, one, two, strange], look)).toEqual([true, true, false]);
  });

  test('the root answers a malicious admin: thieves, removals, settings and a made-up generation all fall', () => {
    const coup = rosterEvent(ben, {
      grants: [grant(thief, 'admin')],
      removes: [everywhere(ana)],
      set: { relays: [99, ['wss://evil.example']] },
    });
    const byThief = rosterEvent(thief, { grants: [grant(dora, 'admin')] });
    const ahead = rosterEvent(ben, { gen: 1, grants: [grant(thief, 'admin')], removes: [everywhere(ana)] });
    // Restated without the admin role, or it could still remove in the new generation.
    const answer = rosterEvent(ROOT, {
      gen: 1,
      grants: [grant(ana, 'admin'), grant(ben, 'commander')],
      removes: [everywhere(ben)],
    });
    const look = (roster: Roster) => [live(roster), roster.settings.relays, roster.generation];
    expect(inEveryOrder([first, coup, byThief], look)).toEqual([[ben, dora, thief].sort(), ['wss://evil.example'], 0]);
    expect(inEveryOrder([first, coup, byThief, ahead, answer], look)).toEqual([[ana], [], 1]);
  });
});
