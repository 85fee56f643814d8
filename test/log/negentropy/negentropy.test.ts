import fc from 'fast-check';
import { nip77 } from 'nostr-tools';
import { describe, expect, test } from 'vitest';
import {
  createIndex,
  initiate,
  type NegentropyIndex,
  reconcile,
  respond,
} from '../../../src/log/negentropy/negentropy.ts';

type Item = readonly [createdAt: number, id: string];

const idOf = (n: number) =>
  (BigInt(n + 1) * 0x9e3779b97f4a7c15f39cc0605cedc834n * 0x1000000000000000000000001n)
    .toString(16)
    .padStart(64, '0')
    .slice(-64);
const range = (from: number, to: number, time: (n: number) => number): Item[] =>
  Array.from({ length: to - from }, (_, i) => [time(from + i), idOf(from + i)]);

function indexOf(items: readonly Item[]): NegentropyIndex {
  const index = createIndex();
  for (const [time, id] of items) index.insert(time, id);
  return index;
}

interface Outcome {
  have: string[];
  need: string[];
  rounds: number;
  up: number;
  down: number;
}

function exchange(first: string, next: (answer: string, outcome: Outcome) => string | null, server: NegentropyIndex) {
  const outcome: Outcome = { have: [], need: [], rounds: 0, up: 0, down: 0 };
  for (let message: string | null = first; message !== null; ) {
    const answer = respond(server, message);
    expect(answer.length).toBeLessThanOrEqual(120_000);
    outcome.rounds++;
    outcome.up += message.length / 2;
    outcome.down += answer.length / 2;
    message = next(answer, outcome);
  }
  outcome.have.sort();
  outcome.need.sort();
  return outcome;
}

function ours(client: NegentropyIndex, server: NegentropyIndex): Outcome {
  return exchange(
    initiate(client),
    (answer, outcome) => {
      const { have, need, next } = reconcile(client, answer);
      outcome.have.push(...have);
      outcome.need.push(...need);
      return next;
    },
    server,
  );
}

/** nostr-tools as the initiator, we as the responder. */
function theirs(items: readonly Item[], server: NegentropyIndex): Outcome {
  const storage = new nip77.NegentropyStorageVector();
  for (const [time, id] of items) storage.insert(time, id);
  storage.seal();
  const client = new nip77.Negentropy(storage);
  return exchange(
    client.initiate(),
    (answer, { have, need }) =>
      client.reconcile(
        answer,
        (id) => have.push(id),
        (id) => need.push(id),
      ),
    server,
  );
}

const missing = (from: readonly Item[], other: readonly Item[]) => {
  const held = new Set(other.map(([, id]) => id));
  return from
    .map(([, id]) => id)
    .filter((id) => !held.has(id))
    .sort();
};

function expectFound(outcome: Outcome, client: readonly Item[], server: readonly Item[]): void {
  expect(outcome.have).toEqual(missing(client, server));
  expect(outcome.need).toEqual(missing(server, client));
}

describe('set reconciliation (NIP-77)', () => {
  const sets = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.nat(1_000_000), fc.integer({ min: 0, max: 2 })), {
      maxLength: 400,
      selector: ([, n]) => n,
    })
    .map((rows) => {
      const items = rows.map(([time, n, side]) => ({ item: [1_790_000_000 + time, idOf(n)] as Item, side }));
      return {
        client: items.filter(({ side }) => side !== 1).map(({ item }) => item),
        server: items.filter(({ side }) => side !== 2).map(({ item }) => item),
      };
    });

  test('finds what each side lacks, for any two sets, as both roles', () => {
    fc.assert(
      fc.property(sets, ({ client, server }) => {
        expectFound(ours(indexOf(client), indexOf(server)), client, server);
      }),
    );
  });

  test('answers the initiator of nostr-tools, for any two sets', () => {
    fc.assert(
      fc.property(sets, ({ client, server }) => {
        expectFound(theirs(client, indexOf(server)), client, server);
      }),
    );
  });

  const both = range(0, 20_000, (n) => 1_700_000_000 + n);
  test.each([
    ['both empty', [], []],
    ['an empty client', [], both],
    ['an empty server', both, []],
    ['20,000 events, 50 missing on each side', both.slice(50), both.slice(0, -50)],
    ['20,000 events within one second', range(0, 20_000, () => 1_700_000_000), range(25, 20_025, () => 1_700_000_000)],
    ['nothing in common', range(0, 9_000, (n) => n), range(9_000, 18_000, (n) => n)],
  ] as const)('works with %s, within frames of 60,000 bytes', (_, client, server) => {
    expectFound(ours(indexOf(client), indexOf(server)), client, server);
    expectFound(theirs(client, indexOf(server)), client, server);
  });

  test('knows times until the year 2100, beyond 32 bits', () => {
    const late = range(0, 100, (n) => 4_102_444_799 + n * 2 ** 33);
    expectFound(ours(indexOf(late.slice(3)), indexOf(late.slice(0, 90))), late.slice(3), late.slice(0, 90));
  });

  test('needs few rounds and bytes when 100 of 100,000 events are missing', () => {
    const all = range(0, 100_000, (n) => 1_700_000_000 + n);
    const server = all.filter((_, n) => n % 1000 !== 7);
    const [client, other] = [indexOf(all), indexOf(server)];
    const started = performance.now();
    const outcome = ours(client, other);
    const ms = Math.round(performance.now() - started);
    console.log(
      `100,000 events, 100 missing: ${outcome.rounds} rounds, ${outcome.up} B up, ${outcome.down} B down, ${ms} ms for both sides`,
    );
    expectFound(outcome, all, server);
    expect(outcome.rounds).toBeLessThanOrEqual(4);
    expect(outcome.up + outcome.down).toBeLessThan(150_000);
  });

  test('keeps its order and fingerprint whatever the order of inserting', () => {
    const items = range(0, 500, (n) => n % 7);
    const [ordered, mixed] = [indexOf(items), createIndex()];
    for (const [time, id] of items.toReversed()) {
      expect(mixed.insert(time, id)).toBe(true);
      mixed.fingerprint(0, mixed.size);
    }
    expect(mixed.insert(3, idOf(3))).toBe(false);
    expect(mixed.fingerprint(0, 500)).toEqual(ordered.fingerprint(0, 500));
    expect(mixed.has(idOf(499)) && !mixed.has(idOf(500))).toBe(true);
  });

  test('refuses a malformed message with a sentence, and answers an unknown version with its own', () => {
    const index = indexOf(both.slice(0, 10));
    expect(() => respond(index, '61')).not.toThrow();
    expect(() => respond(index, '6100')).toThrow('ends too early');
    expect(() => respond(index, '10')).toThrow('not a negentropy message');
    expect(() => respond(index, '61000009')).toThrow('unknown mode 9');
    expect(() => respond(index, 'xyz')).toThrow();
    expect(respond(index, '62')).toBe('61');
    expect(() => reconcile(index, '62')).toThrow('another version');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          respond(index, `61${Buffer.from(bytes).toString('hex')}`);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});
