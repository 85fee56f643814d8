import { describe, expect, onTestFinished, test } from 'vitest';
import { publicKeyOf } from '../../../src/log/event.ts';
import type { LogStore } from '../../../src/log/store/store.ts';
import { KIND, type SignedEvent } from '../../../src/model/event.ts';
import { stubOf } from '../../../src/model/purge.ts';
import { chained, event, keyNumber, START, STATUS } from '../signing.ts';

/** One device's storage: `open` may be called again on what an earlier copy left behind. */
export interface Storage {
  open(): Promise<LogStore> | LogStore;
  remove?(): Promise<void> | void;
}

const KEY = keyNumber(1);
const CHAIN = { pubkey: publicKeyOf(KEY), d: STATUS };
const RELAYS = ['wss://a.example', 'wss://b.example'] as const;

const ids = (events: readonly SignedEvent[]) => events.map(({ id }) => id).sort();

/** What every copy of the log must do, whatever it is kept in. `lasting`: a second opening finds the first one's events. */
export function describeStore(name: string, make: () => Storage, { lasting }: { lasting: boolean }): void {
  const openFresh = async () => {
    const storage = make();
    const store = await storage.open();
    onTestFinished(async () => {
      await store.close();
      await storage.remove?.();
    });
    return { storage, store };
  };

  describe(`${name} keeps the log`, () => {
    test('gives each appended event the next place in its chain', async () => {
      const { store } = await openFresh();
      const first = await store.append(CHAIN, (tip) => chained(tip, '1', KEY));
      const second = await store.append(CHAIN, (tip) => chained(tip, '2', KEY));
      expect(second.tags).toContainEqual(['s', '2']);
      expect(second.tags).toContainEqual(['e', first.id, '', 'prev']);
    });

    test('counts each chain by itself', async () => {
      const { store } = await openFresh();
      await store.append(CHAIN, (tip) => chained(tip, '1', KEY));
      const room = await store.append({ ...CHAIN, d: 'lb1:room' }, (tip) => chained(tip, '1', KEY, 'lb1:room'));
      const other = keyNumber(2);
      const foreign = await store.append({ ...CHAIN, pubkey: publicKeyOf(other) }, (tip) => chained(tip, '1', other));
      expect([room, foreign].map(({ tags }) => tags.find(([tag]) => tag === 's')?.[1])).toEqual(['1', '1']);
    });

    test('never gives one place to two events, however many are written at once', async () => {
      const { store } = await openFresh();
      const many = Array.from({ length: 20 }, (_, n) => store.append(CHAIN, (tip) => chained(tip, `${n}`, KEY)));
      const places = (await Promise.all(many)).map(({ tags }) => Number(tags.find(([tag]) => tag === 's')?.[1]));
      expect(places.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    });

    test('goes on after the highest place that a relay brought back', async () => {
      const { store } = await openFresh();
      await store.put([chained({ s: 6, id: 'f'.repeat(64) }, 'old', KEY)]);
      const next = await store.append(CHAIN, (tip) => chained(tip, 'new', KEY));
      expect(next.tags).toContainEqual(['s', '8']);
    });

    test('says which events were new, in the order given, and keeps each once', async () => {
      const { store } = await openFresh();
      const [a, b, c] = ['a', 'b', 'c'].map((content) => event({ content }, KEY)) as [
        SignedEvent,
        SignedEvent,
        SignedEvent,
      ];
      expect(await store.put([b])).toEqual([b]);
      expect(await store.put([c, b, a, a])).toEqual([c, a]);
      expect(ids(await store.all())).toEqual(ids([a, b, c]));
    });

    test('keeps of an addressable kind the newest per author and name, in any order of arrival', async () => {
      const hint = (created_at: number, content: string) =>
        event({ kind: KIND.pulse, d: 'p', created_at, content }, KEY);
      const older = hint(START, 'older');
      const twins = [hint(START + 1, 'one'), hint(START + 1, 'two')].sort((a, b) => (a.id < b.id ? -1 : 1));
      const [winner, loser] = twins as [SignedEvent, SignedEvent];
      for (const order of [
        [older, loser, winner],
        [winner, older, loser],
        [loser, winner, older],
      ]) {
        const { store } = await openFresh();
        for (const next of order) await store.put([next]);
        expect(await store.all()).toEqual([winner]);
      }
    });

    test('keeps of a purged event its stub alone, in its place in the chain', async () => {
      const { store } = await openFresh();
      const first = await store.append(CHAIN, (tip) => chained(tip, 'secret', KEY));
      await store.purge([stubOf(first), stubOf(event({ content: 'never held' }, KEY))]);
      expect(await store.all()).toEqual([stubOf(first)]);
      expect(await store.put([stubOf(first)])).toEqual([]);
      expect(await store.damage()).toEqual([]);
      const second = await store.append(CHAIN, (tip) => chained(tip, 'next', KEY));
      expect(second.tags).toContainEqual(['e', first.id, '', 'prev']);
    });

    test('lets the whole event take the place of its stub, once and counted once', async () => {
      const { store } = await openFresh();
      const first = await store.append(CHAIN, (tip) => chained(tip, 'secret', KEY));
      await store.purge([stubOf(first)]);
      expect(await store.put([first])).toEqual([]);
      expect(await store.put([stubOf(first)])).toEqual([]);
      expect(await store.all()).toEqual([first]);
      expect(await store.damage(1)).toEqual([]);
      const second = await store.append(CHAIN, (tip) => chained(tip, 'next', KEY));
      expect(second.tags).toContainEqual(['s', '2']);
    });

    test('finds events by id and leaves out what it does not hold', async () => {
      const { store } = await openFresh();
      const held = event({ content: 'held' }, KEY);
      await store.put([held]);
      expect(await store.get([held.id, '0'.repeat(64)])).toEqual([held]);
    });

    test('remembers receipts per relay, and takes them back', async () => {
      const { store } = await openFresh();
      const { id } = event({}, KEY);
      await store.addReceipts(RELAYS[1], [id]);
      await store.addReceipts(RELAYS[0], [id]);
      await store.addReceipts(RELAYS[0], [id]);
      expect((await store.receipts()).get(id)).toEqual(RELAYS);
      await store.dropReceipts(RELAYS[0], [id]);
      expect((await store.receipts()).get(id)).toEqual([RELAYS[1]]);
    });

    test('is whole when it is new', async () => {
      const { store } = await openFresh();
      expect(await store.all()).toEqual([]);
      expect(await store.damage()).toEqual([]);
    });

    test('stores nothing when the event cannot be built', async () => {
      const { store } = await openFresh();
      const failing = store.append(CHAIN, () => {
        throw new Error('the key was locked');
      });
      await expect(failing).rejects.toThrow('the key was locked');
      expect(await store.all()).toEqual([]);
      const next = await store.append(CHAIN, (tip) => chained(tip, 'next', KEY));
      expect(next.tags).toContainEqual(['s', '1']);
    });

    if (!lasting) return;
    test('holds everything after it was closed and opened again', async () => {
      const { storage, store } = await openFresh();
      const own = await store.append(CHAIN, (tip) => chained(tip, 'own', KEY));
      const foreign = event({ content: 'foreign' }, keyNumber(2));
      await store.put([foreign]);
      await store.addReceipts(RELAYS[0], [own.id]);
      await store.close();
      const again = await storage.open();
      onTestFinished(() => again.close());
      expect(ids(await again.all())).toEqual(ids([own, foreign]));
      expect((await again.receipts()).get(own.id)).toEqual([RELAYS[0]]);
      expect(await again.damage()).toEqual([]);
      const next = await again.append(CHAIN, (tip) => chained(tip, 'next', KEY));
      expect(next.tags).toContainEqual(['e', own.id, '', 'prev']);
    });
  });
}
