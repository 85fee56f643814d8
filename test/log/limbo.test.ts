import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { signEvent } from '../../src/log/event.ts';
import { createLimbo, LIMBO } from '../../src/log/limbo.ts';
import { openLog } from '../../src/log/log.ts';
import { createMemoryStore } from '../../src/log/store/memory-store.ts';
import { chainName, KIND, type SignedEvent } from '../../src/model/event.ts';
import { nodePlatform } from '../../src/node/platform.ts';
import { ORG as FAKE_ORG, ROOT as FAKE_ROOT, fakeEvent, fakeKey, rosterEvent } from '../model/events.ts';
import { permutations } from '../model/histories.ts';
import { type StubFrame, startStub } from './channel/stub-relay.ts';
import { DEVICE, openDevice, ROSTER } from './log-devices.ts';
import { chained, event, keyNumber, ROOT, START, STATUS } from './signing.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };
const STATUS_OF_FAKES = chainName.status(FAKE_ORG);

describe('limbo', () => {
  const [ana, ben, stranger] = ['ana', 'ben', 'stranger'].map(fakeKey) as [string, string, string];
  const first = rosterEvent(FAKE_ROOT, { grants: [{ pk: ana, member: 'a', roles: ['admin'] }] });
  const second = rosterEvent(ana, { grants: [{ pk: ben, member: 'b', roles: ['responder'] }] });
  const byBen = fakeEvent(ben, KIND.public, STATUS_OF_FAKES, { n: 1 });
  const byStranger = fakeEvent(stranger, KIND.public, STATUS_OF_FAKES, { n: 2 });
  const pretender = rosterEvent(stranger, { grants: [{ pk: stranger, member: 's', roles: ['admin'] }] });

  /** A device that holds what its limbo lets in. */
  function device() {
    const held: SignedEvent[] = [];
    const limbo = createLimbo(FAKE_ROOT, () => held.filter(({ kind }) => kind === KIND.roster));
    return { held, limbo, take: (events: readonly SignedEvent[]) => held.push(...limbo.sieve(events)) };
  }

  test('lets in the same events in every order of arrival', () => {
    const want = [first, second, byBen].map(({ id }) => id).sort();
    for (const order of permutations([first, second, byBen, byStranger, pretender])) {
      const { held, limbo, take } = device();
      for (const one of order) take([one]);
      expect(held.map(({ id }) => id).sort()).toEqual(want);
      expect(limbo.size).toBe(2);
    }
  });

  test('never holds more than its room, and keeps what is named', () => {
    const flood = Array.from({ length: LIMBO.events + 500 }, (_, n) =>
      fakeEvent(fakeKey(`s${n}`), KIND.public, 'd', n),
    );
    const { held, limbo, take } = device();
    take([first, byBen]);
    take(flood);
    expect(limbo.size).toBe(LIMBO.events);
    take([second]);
    // The oldest arrival had to give way; reconciliation brings it back once its author is named.
    expect(held).toEqual([first, second]);
    take([byBen]);
    expect(held).toEqual([first, second, byBen]);
  });

  test('counts bytes as well', () => {
    const { limbo, take } = device();
    fc.assert(
      fc.property(fc.array(fc.nat(60_000), { maxLength: 40 }), (sizes) => {
        take(sizes.map((size, n) => fakeEvent(fakeKey(`b${n}`), KIND.public, 'd', 'x'.repeat(size))));
        expect(limbo.size).toBeLessThanOrEqual(LIMBO.events);
      }),
      { numRuns: 20 },
    );
    take(
      Array.from({ length: 400 }, (_, n) => fakeEvent(fakeKey('big'), KIND.public, 'd', `${n}${'x'.repeat(60_000)}`)),
    );
    expect(limbo.size * 60_000).toBeLessThan(LIMBO.bytes);
  });

  test('keeps statements apart from a flood of other things', () => {
    const { held, take } = device();
    take([second]);
    take(Array.from({ length: LIMBO.events + 1 }, (_, n) => fakeEvent(stranger, KIND.public, 'd', n)));
    take([first]);
    expect(held.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
  });
});

/** A relay without NIP-77 limits: it serves `events` by NIP-77's fallback, ids and pages, and takes what it is sent. */
function serving(events: readonly SignedEvent[], asked: string[]) {
  return (frame: StubFrame): readonly StubFrame[] => {
    const [type, name, filter] = frame as [
      string,
      string,
      { ids?: string[]; kinds?: number[]; limit?: number; until?: number },
    ];
    if (type === 'EVENT') return [['OK', (frame[1] as SignedEvent).id, true, '']];
    if (type === 'NEG-OPEN') return [['NEG-ERR', name, 'error: unknown']];
    if (type !== 'REQ') return [];
    asked.push(...(filter.ids ?? []));
    const found = events
      .filter(({ id, kind }) => (filter.ids?.includes(id) ?? true) && (filter.kinds?.includes(kind) ?? true))
      .filter(({ created_at }) => created_at <= (filter.until ?? Infinity))
      .slice(0, filter.limit ?? 500);
    return [...found.map((one) => ['EVENT', name, one]), ['EOSE', name]];
  };
}

describe('a device', () => {
  const author = keyNumber(1);
  const own = chained({ s: 0, id: null }, '{"n":1}', author);
  const strangers = Array.from({ length: 60 }, (_, n) =>
    signEvent(
      {
        kind: KIND.public,
        content: `{"n":${n}}`,
        created_at: START + n,
        tags: [
          ['o', ROSTER.tags[0]?.[1] ?? ''],
          ['d', STATUS],
        ],
      },
      new Uint8Array(32).fill(n + 1).fill(7, 0, 3),
    ),
  );

  test('neither shows, stores nor sends on what an evil relay floods it with, and goes on with the others', async () => {
    const store = createMemoryStore();
    const evil = await startStub(serving(strangers, []));
    const good = await startStub(serving([ROSTER, own], []));
    const log = await openLog({ root: ROOT, relays: [evil.url, good.url], store, platform: nodePlatform });
    await vi.waitFor(
      () =>
        expect(
          log
            .events()
            .map(({ id }) => id)
            .sort(),
        ).toEqual([ROSTER.id, own.id].sort()),
      PATIENCE,
    );
    expect(await log.whenSynced(5_000)).toBe(true);
    expect((await store.all()).length).toBe(2);
    expect([...(await store.receipts()).keys()].every((id) => !strangers.some((one) => one.id === id))).toBe(true);
    expect(good.heard.flatMap(([type, one]) => (type === 'EVENT' ? [(one as SignedEvent).id] : []))).not.toContain(
      strangers[0]?.id,
    );
    await log.close();
  });

  test('takes in what waited as soon as a roster names its author, from whatever carrier', async () => {
    const relay = await startStub(serving([own], []));
    const log = await openDevice([relay.url], DEVICE);
    await log.whenSynced(2_000);
    expect(log.events()).toEqual([]);
    await log.add([ROSTER]);
    expect(
      log
        .events()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([ROSTER.id, own.id].sort());
  });

  test('always keeps what a person brings, named or not', async () => {
    const log = await openDevice([], null);
    const request = event({ kind: KIND.join, d: 'x' }, keyNumber(77));
    await log.add([request]);
    expect(log.events()).toEqual([request]);
  });
});
