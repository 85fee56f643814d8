import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openCopy } from '../../../src/log/copy.ts';
import { publicKeyOf } from '../../../src/log/event.ts';
import { openIdbStore } from '../../../src/log/store/idb-store.ts';
import type { StoreChange } from '../../../src/log/store/store.ts';
import type { Canary } from '../../../src/log/store/tally.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { chained, event, keyNumber, ORG, STATUS } from '../signing.ts';
import { describeStore } from './store-contract.ts';

const PLACE = { factory: indexedDB, after: nodePlatform.after };
let databases = 0;
const freshName = () => `log-${++databases}`;

function memoryCanary(): Canary {
  let count = 0;
  return {
    read: () => count,
    write: (next) => {
      count = next;
    },
  };
}

function open(name: string, canary = memoryCanary()) {
  const store = openIdbStore(PLACE, name, canary);
  onTestFinished(() => store.close());
  return store;
}

describeStore(
  'IndexedDB',
  () => {
    const name = freshName();
    const canary = memoryCanary();
    return { open: () => openIdbStore(PLACE, name, canary), remove: () => deleteDB(name) };
  },
  { lasting: true },
);

const KEY = keyNumber(1);
const CHAIN = { pubkey: publicKeyOf(KEY), d: STATUS };
const events = ['a', 'b', 'c'].map((content) => event({ content }, KEY));

/** Changes the database behind the store's back. */
async function spoil(name: string, change: (database: Awaited<ReturnType<typeof openDB>>) => Promise<unknown>) {
  const database = await openDB(name);
  await change(database);
  database.close();
}

describe('a damaged IndexedDB copy', () => {
  test('names rows that were lost without a word, and is whole again once they are back', async () => {
    const name = freshName();
    await open(name).put(events);
    await spoil(name, (database) => database.delete('events', String(events[0]?.id)));
    const store = open(name);
    expect(await store.damage()).toEqual([{ type: 'short', held: 2, expected: 3 }]);
    await store.put(events);
    expect(await store.damage()).toEqual([]);
  });

  test('misses a database that came back empty, by what the second place remembers', async () => {
    const name = freshName();
    const canary = memoryCanary();
    const first = openIdbStore(PLACE, name, canary);
    await first.put(events);
    await first.close();
    await deleteDB(name);
    expect(await open(name, canary).damage()).toEqual([{ type: 'short', held: 0, expected: 3 }]);
  });

  test('leaves out and names a row that does not fit its id, until the honest one is back', async () => {
    const name = freshName();
    await open(name).put(events);
    const [first] = events;
    await spoil(name, (database) => database.put('events', { id: first?.id, event: { ...first, content: 'x' } }));
    const store = open(name);
    expect(await store.all()).toHaveLength(2);
    expect(await store.get([String(first?.id)])).toEqual([]);
    expect(await store.damage()).toContainEqual({ type: 'misfits', count: 1, first: first?.id });
    expect(await store.put(events)).toEqual([first]);
    expect(await store.damage()).toEqual([]);
  });
});

describe('an IndexedDB copy that is emptied while it is open', () => {
  async function openedCopy() {
    const name = freshName();
    const soon = () => Promise.resolve();
    const store = open(name);
    const copy = await openCopy({ org: ORG, store, pause: soon, gather: soon });
    for (const text of ['one', 'two']) await copy.append(CHAIN, (tip) => chained(tip, text, KEY));
    await deleteDB(name);
    return { copy, store };
  }

  test('is filled again from memory, in its own chain, with the next write', async () => {
    const { copy, store } = await openedCopy();
    const third = await copy.append(CHAIN, (tip) => chained(tip, 'three', KEY));
    expect(third.tags).toContainEqual(['s', '3']);
    expect(await store.all()).toHaveLength(3);
  });

  test('is filled again from memory when it is looked after', async () => {
    const { copy, store } = await openedCopy();
    expect(await store.damage()).toEqual([{ type: 'short', held: 0, expected: 2 }]);
    expect(await copy.damage()).toEqual([{ type: 'mended', count: 2 }]);
    expect(await store.all()).toHaveLength(2);
  });
});

describe('a copy that is open', () => {
  const soon = () => Promise.resolve();

  test('misses what was deleted together with all that remembered it', async () => {
    const name = freshName();
    const store = open(name, { read: () => 0, write: () => {} });
    const copy = await openCopy({ org: ORG, store, pause: soon, gather: soon });
    await copy.ingest(events);
    await deleteDB(name);
    expect(await copy.damage()).toEqual([{ type: 'mended', count: events.length }]);
    expect(await store.all()).toHaveLength(events.length);
  });

  test('shows what a full device cannot keep, says so, and keeps it as soon as there is room', async () => {
    const store = open(freshName());
    const copy = await openCopy({ org: ORG, store, pause: soon, gather: soon });
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    onTestFinished(() => full.mockRestore());
    await copy.ingest(events);
    expect(copy.held.all()).toHaveLength(events.length);
    expect(await copy.damage()).toEqual([{ type: 'unsaved', count: events.length, trouble: 'full' }]);
    full.mockRestore();
    expect(await copy.damage()).toEqual([]);
    expect(await store.all()).toHaveLength(events.length);
  });
});

describe('IndexedDB that fails', () => {
  const dead = () => new DOMException('Connection to Indexed Database server lost', 'UnknownError');

  test('opens a new connection when the old one died, and writes the event once', async () => {
    const store = open(freshName());
    await store.append(CHAIN, (tip) => chained(tip, 'before', KEY));
    const broken = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw dead();
    });
    onTestFinished(() => broken.mockRestore());
    const after = await store.append(CHAIN, (tip) => chained(tip, 'after', KEY));
    expect(after.tags).toContainEqual(['s', '2']);
    expect(await store.all()).toHaveLength(2);
  });

  test('writes the event once when the connection dies between the commit and its answer', async () => {
    const store = open(freshName());
    await store.append(CHAIN, (tip) => chained(tip, 'before', KEY));
    const begin = IDBDatabase.prototype.transaction;
    const dying = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(function (
      this: IDBDatabase,
      ...of
    ) {
      const transaction = begin.apply(this, of);
      const listen = transaction.addEventListener.bind(transaction);
      let fail: () => void = () => {};
      transaction.addEventListener = (type: string, listener: unknown) => {
        if (type === 'error') fail = listener as () => void;
        if (type !== 'complete') return listen(type, listener as () => void);
        listen(type, () => {
          Object.defineProperty(transaction, 'error', { value: dead() });
          fail();
        });
      };
      return transaction;
    });
    onTestFinished(() => dying.mockRestore());
    const texts = ['after', 'signed a second time'];
    const after = await store.append(CHAIN, (tip) => chained(tip, texts.shift() ?? '', KEY));
    expect(after).toMatchObject({ content: 'after', tags: expect.arrayContaining([['s', '2']]) });
    expect(await store.all()).toHaveLength(2);
  });

  test('gives up after three tries and says what to do', async () => {
    const store = open(freshName());
    await store.all();
    const broken = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      throw dead();
    });
    onTestFinished(() => broken.mockRestore());
    await expect(store.put(events)).rejects.toThrow('close all its windows');
    expect(broken).toHaveBeenCalledTimes(3);
  });

  test('says that the device is full, although the requests only say that they were aborted', async () => {
    const store = open(freshName());
    await store.put(events.slice(0, 1));
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(function (this: IDBObjectStore) {
      const request = this.get('nothing');
      Object.defineProperty(this.transaction, 'error', { value: new DOMException('', 'QuotaExceededError') });
      this.transaction.abort();
      return request as unknown as IDBRequest<IDBValidKey>;
    });
    onTestFinished(() => full.mockRestore());
    await expect(store.put(events)).rejects.toThrow('no room left');
    expect(await store.all()).toHaveLength(1);
  });

  test('lets another tab upgrade instead of blocking it', async () => {
    const name = freshName();
    await open(name).put(events);
    const upgraded = await openDB(name, 2);
    upgraded.close();
    await expect(open(name).all()).rejects.toThrow('reload this page');
  });
});

describe('two tabs on one IndexedDB copy', () => {
  test('hear of each other’s events and receipts, never of their own', async () => {
    const name = freshName();
    const [left, right] = [open(name), open(name)];
    const heard: Record<string, StoreChange[]> = { left: [], right: [] };
    left.onForeignChange((change) => heard['left']?.push(change));
    right.onForeignChange((change) => heard['right']?.push(change));
    const { id } = await left.append(CHAIN, (tip) => chained(tip, 'news', KEY));
    await left.addReceipts('wss://a.example', [id]);
    await vi.waitFor(() => expect(heard['right']).toHaveLength(2));
    expect(heard['right']?.[0]).toEqual({ type: 'events', ids: [id] });
    expect(heard['right']?.[1]).toEqual({ type: 'receipts', relay: 'wss://a.example', ids: [id], held: true });
    expect(heard['left']).toEqual([]);
  });

  test('never give one place in a chain to two events', async () => {
    const name = freshName();
    const [left, right] = [open(name), open(name)];
    const writes = Array.from({ length: 10 }, (_, n) =>
      (n % 2 === 0 ? left : right).append(CHAIN, (tip) => chained(tip, `${n}`, KEY)),
    );
    const places = (await Promise.all(writes)).map(({ tags }) => tags.find(([tag]) => tag === 's')?.[1]);
    expect(new Set(places).size).toBe(10);
  });
});
