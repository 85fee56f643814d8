import fc from 'fast-check';
import { eventId } from '../../src/log/event.ts';
import { canonical } from '../../src/model/canonical.ts';
import { chainName, KIND, type SignedEvent, tagValue } from '../../src/model/event.ts';
import { fakeKey, ORG, ROOT } from './events.ts';

const PEOPLE = ['ana', 'ben', 'cleo', 'dora', 'eva'].map(fakeKey);
const ROOM = chainName.room('5'.repeat(32));
const ROSTER = chainName.roster(ORG);
const STATUS = chainName.status(ORG);

const key = fc.constantFrom(...PEOPLE);
const roles = fc.subarray(['admin', 'commander', 'responder', 'watcher', 'observer'], { minLength: 1, maxLength: 2 });
/** Numbers that pick among the events written so far. */
const pick = fc.nat(1_000);

/** What a cut names: what the removed key wrote last, as an honest admin says, or anything. */
const end = fc.oneof({ weight: 2, arbitrary: fc.constant('last' as const) }, fc.array(pick, { maxLength: 3 }));

/** Of a setting: small, the highest that counts, or higher. */
const number = fc.oneof({ weight: 6, arbitrary: fc.nat(2) }, fc.constantFrom(2 ** 40, 2 ** 40 + 1, 2 ** 53 - 1));

const statement = fc.record(
  {
    type: fc.constant('statement' as const),
    by: fc.constantFrom(ROOT, ...PEOPLE, ...PEOPLE),
    gen: fc.constantFrom(0, 0, 0, 0, 0, 0, 1),
    grants: fc.array(
      fc.record({ pk: key, member: fc.constantFrom('m1', 'm2', 'm3'), roles, vantage: fc.constantFrom('one', 'two') }),
      { maxLength: 2 },
    ),
    removes: fc.array(fc.record({ pk: key, cut: end, room: fc.boolean() }), {
      maxLength: 2,
    }),
    invites: fc.array(key, { maxLength: 1 }),
    relays: number,
    address: fc.constantFrom('wss:', 'wss:', 'ws:', 'https:', 'javascript:'),
    approvals: number,
    purges: fc.array(pick, { maxLength: 2 }),
  },
  { requiredKeys: ['type', 'by', 'gen'] },
);
const message = fc.record({
  type: fc.constantFrom('public' as const, 'sealed' as const),
  by: key,
});
const keyEvent = fc.record({
  type: fc.constant('key' as const),
  by: key,
  cuts: fc.array(fc.record({ pk: key, ids: end }), { minLength: 1, maxLength: 2 }),
});
/** What an event follows: its author's last one, or, as a thief or a restored device would, any other. */
const previous = fc.oneof({ weight: 4, arbitrary: fc.constant('own' as const) }, pick);
const act = fc.record({
  said: fc.oneof({ weight: 3, arbitrary: statement }, message, keyEvent),
  previous,
  at: fc.nat(9),
});

type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

function write(acts: readonly Act[]): readonly SignedEvent[] {
  const events: SignedEvent[] = [];
  const some = (numbers: readonly number[] = []) =>
    events.length === 0 ? [] : numbers.map((number) => events[number % events.length]?.id ?? '');
  const lastOf = (pk: string, d: string) =>
    events.findLast((event) => event.pubkey === pk && tagValue(event, 'd') === d)?.id;
  const endOf = (ends: 'last' | readonly number[], pk: string, d: string) =>
    ends === 'last' ? [lastOf(pk, d) ?? ''].filter((id) => id !== '') : some(ends);
  const add = (by: string, kind: number, d: string, content: unknown, follow: Act['previous'], at: number) => {
    const id = follow === 'own' ? lastOf(by, d) : some([follow])[0];
    const tags = [['d', d], ['o', ORG], ...(id === undefined ? [] : [['e', id, '', 'prev']])];
    const unsigned = { pubkey: by, kind, tags, created_at: 1_800_000_000 + at, content: canonical(content) };
    events.push({ id: eventId(unsigned), ...unsigned, sig: '0'.repeat(128) });
  };
  const first = {
    v: 1,
    gen: 0,
    grants: PEOPLE.slice(0, 2).map((pk) => ({ pk, member: pk.slice(0, 6), roles: ['admin'] })),
  };
  add(ROOT, KIND.roster, ROSTER, first, 'own', 0);
  for (const { said, previous: follow, at } of acts) {
    if (said.type === 'statement') {
      const { by, gen, grants = [], removes = [], invites = [], purges } = said;
      const set = {
        ...(said.relays === undefined
          ? {}
          : { relays: [said.relays, [`${said.address ?? 'wss:'}//${events.length}.example`]] }),
        ...(said.approvals === undefined ? {} : { approvals: [said.approvals, { major: events.length % 2 }] }),
      };
      const cutAll = removes.map(({ pk, cut, room }) => {
        const chains = room ? [ROSTER, STATUS, ROOM] : [ROSTER, STATUS];
        return { pk, cut: Object.fromEntries(chains.map((d) => [d, endOf(cut, pk, d)])) };
      });
      add(
        by,
        KIND.roster,
        ROSTER,
        { v: 1, gen, grants, removes: cutAll, invites, set, purges: some(purges) },
        follow,
        at,
      );
    } else if (said.type === 'key') {
      const cuts = said.cuts.map(({ pk, ids }) => ({ pk, ids: endOf(ids, pk, ROOM) }));
      add(said.by, KIND.key, ROOM, { v: 1, wraps: {}, older: null, cuts }, follow, at);
    } else {
      const [kind, d] = said.type === 'public' ? ([KIND.public, STATUS] as const) : ([KIND.sealed, ROOM] as const);
      add(said.by, kind, d, { v: 1, type: 'note', n: events.length }, follow, at);
    }
  }
  return events;
}

/** Any history of an organisation: honest, mistaken, forked, stolen and malicious, beginning with two admins. */
const anyHistory = fc.array(act, { maxLength: 14 }).map(write);

/** Much talk and many cuts in one room among admins, of whom the root then removes some. */
const roomHistory = fc
  .tuple(
    fc.array(fc.record({ said: fc.oneof(message, keyEvent, keyEvent), previous, at: fc.nat(9) }), {
      minLength: 8,
      maxLength: 16,
    }),
    fc.subarray(PEOPLE, { minLength: 2, maxLength: 4 }),
  )
  .map(([talk, gone]) => {
    const grants = PEOPLE.map((pk) => ({ pk, member: 'm1' as const, roles: ['admin'], vantage: 'one' as const }));
    const removes = gone.map((pk) => ({ pk, cut: 'last' as const, room: false }));
    const byRoot = { type: 'statement', by: ROOT, gen: 0 } as const;
    const end: Act = { said: { ...byRoot, removes }, previous: 'own', at: 0 };
    return write([{ said: { ...byRoot, grants }, previous: 'own', at: 0 }, ...talk, end]);
  });

export const history = fc.oneof(anyHistory, roomHistory);

/** Every order of a few things. */
export function permutations<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, place) => permutations(items.toSpliced(place, 1)).map((rest) => [item, ...rest]));
}
