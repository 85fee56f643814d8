import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoTime } from '../../src/model/clock.ts';
import { chainName, KIND, type SignedEvent } from '../../src/model/event.ts';
import { foldIncidents } from '../../src/model/incidents.ts';
import { stubOf } from '../../src/model/purge.ts';
import { foldRoster } from '../../src/model/roster.ts';
import { fakeEvent, fakeKey, ORG, ROOT, rosterEvent } from './events.ts';

const [ana, anasPhone, ben, cleo] = ['ana', 'anas phone', 'ben', 'cleo'].map(fakeKey) as [
  string,
  string,
  string,
  string,
];
const STATUS = chainName.status(ORG);
const MINUTE = 60_000;
const granting = rosterEvent(ROOT, {
  grants: [
    { pk: ana, member: 'm-ana', roles: ['admin', 'commander'] },
    { pk: anasPhone, member: 'm-ana', roles: ['commander'] },
    { pk: ben, member: 'm-ben', roles: ['responder'] },
    { pk: cleo, member: 'm-cleo', roles: ['commander'] },
  ],
});
const rule = (n: number, asks: object, terms?: object) =>
  rosterEvent(ana, { set: { approvals: [n, asks, ...(terms === undefined ? [] : [terms])] } });

interface Said {
  readonly by?: string;
  readonly ms?: number;
  readonly previous?: SignedEvent;
}

function say(type: string, body: object, { by = ana, ms = 0, previous }: Said = {}): SignedEvent {
  const content = { v: 1, type, hlc: [ms, 0], parents: [], at: isoTime(ms), body };
  return fakeEvent(by, KIND.public, STATUS, content, previous);
}

const update = (code: string, impact: string, said?: Said) =>
  say(
    'incident.update',
    {
      incident: code.repeat(12),
      name: 'Payments',
      status: 'investigating',
      impact,
      text: '',
      lang: null,
      components: [],
    },
    said,
  );
const approve = (of: SignedEvent, by: string) => say('approve', { event: of.id }, { by });
const override = (of: SignedEvent, by: string, ms: number, reason = 'Nobody answers.') =>
  say('override', { event: of.id, reason }, { by, ms });
const fold = (...events: SignedEvent[]) => foldIncidents(events, foldRoster(events, ROOT));
const shown = (...events: SignedEvent[]) =>
  fold(...events)
    .incidents.map(({ code }) => code[0])
    .sort()
    .join('');

describe('a second opinion', () => {
  const asking = rule(1, { critical: 1 }, { after: [], wait: 300 });
  const critical = update('a', 'critical');

  test('is asked for by impact, and given by another member, never by another device of the author', () => {
    expect(shown(granting, asking, critical, update('b', 'minor', { previous: critical }))).toBe('b');
    expect([...fold(granting, asking, critical).waiting]).toEqual([critical.id]);
    expect(shown(granting, asking, critical, approve(critical, ana), approve(critical, anasPhone))).toBe('');
    expect(shown(granting, asking, critical, approve(critical, ben))).toBe('a');
  });

  test('counts only where it names the very update', () => {
    const other = update('b', 'critical', { previous: critical });
    expect(shown(granting, asking, critical, other, approve(critical, ben))).toBe('a');
  });

  test('is spared by a commander who overrides with a reason, once the wait is over', () => {
    expect(shown(granting, asking, critical, override(critical, cleo, 4 * MINUTE))).toBe('');
    expect(shown(granting, asking, critical, override(critical, cleo, 5 * MINUTE, ''))).toBe('');
    expect(shown(granting, asking, critical, override(critical, ben, 5 * MINUTE))).toBe('');
    expect(shown(granting, asking, critical, override(critical, cleo, 5 * MINUTE))).toBe('a');
    expect(shown(granting, asking, critical, override(critical, ana, 5 * MINUTE))).toBe('a');
  });

  test('waits ten minutes for an override where the roster names no wait', () => {
    const plain = rule(1, { critical: 1 });
    expect(shown(granting, plain, critical, override(critical, cleo, 9 * MINUTE))).toBe('');
    expect(shown(granting, plain, critical, override(critical, cleo, 10 * MINUTE))).toBe('a');
  });

  test('is told to history with who gave it and why', () => {
    const yes = approve(critical, ben);
    const force = override(critical, cleo, 5 * MINUTE);
    const { approvals } = fold(granting, asking, critical, yes, force);
    expect(approvals.get(critical.id)).toEqual(
      [
        { type: 'approved', id: yes.id, pubkey: ben, member: 'm-ben', at: isoTime(0), reason: '' },
        {
          type: 'overridden',
          id: force.id,
          pubkey: cleo,
          member: 'm-cleo',
          at: isoTime(5 * MINUTE),
          reason: 'Nobody answers.',
        },
      ].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  });

  test('of a removed key counts up to its cut', () => {
    const yes = approve(critical, ben);
    const removal = (ids: string[]) => rosterEvent(ana, { removes: [{ pk: ben, cut: { [STATUS]: ids } }] });
    expect(shown(granting, asking, critical, yes, removal([yes.id]))).toBe('a');
    expect(shown(granting, asking, critical, yes, removal([]))).toBe('');
  });
});

describe('a rule that is changed', () => {
  const public1 = update('a', 'critical');
  const asking = rule(1, { critical: 1 }, { after: [public1.id] });
  const waiting = update('b', 'critical', { previous: public1 });

  test('takes nothing back that was public before, and holds what comes after, also what claims to be older', () => {
    const forked = update('c', 'critical', { ms: -99 * MINUTE });
    const behindInName = update('d', 'critical', { by: cleo, previous: public1 });
    expect(shown(granting, asking, public1, waiting, forked, behindInName)).toBe('a');
  });

  test('lets nothing out when it becomes laxer: what waits goes on waiting for its own rule', () => {
    const laxer = rule(2, { critical: 0 }, { after: [waiting.id] });
    const later = update('c', 'critical', { previous: waiting });
    expect(shown(granting, asking, laxer, public1, waiting, later)).toBe('ac');
    expect(shown(granting, asking, laxer, public1, waiting, later, approve(waiting, ben))).toBe('abc');
  });

  test('finds its way through the stub of a purged update', () => {
    const middle = update('b', 'minor', { previous: public1 });
    const late = rule(1, { critical: 1 }, { after: [middle.id] });
    const purge = rosterEvent(ROOT, { purges: [middle.id] });
    expect(shown(granting, late, purge, public1, stubOf(middle))).toBe('a');
  });

  test('says the same in any order of arrival', () => {
    const laxer = rule(2, { critical: 0 }, { after: [waiting.id] });
    const later = update('c', 'critical', { previous: waiting });
    const events = [granting, asking, laxer, public1, waiting, later, approve(waiting, ben), override(later, cleo, 0)];
    const want = fold(...events);
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (order) => {
        expect(fold(...order)).toEqual(want);
      }),
    );
  });
});
