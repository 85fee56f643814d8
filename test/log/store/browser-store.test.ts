import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openCopy } from '../../../src/log/copy.ts';
import { publicKeyOf } from '../../../src/log/event.ts';
import { openBrowserStore } from '../../../src/log/store/browser-store.ts';
import type { SignedEvent } from '../../../src/model/event.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { chained, event, keyNumber, ORG, STATUS } from '../signing.ts';
import { describeStore } from './store-contract.ts';

const KEY = keyNumber(1);
const CHAIN = { pubkey: publicKeyOf(KEY), d: STATUS };
const [a, b] = ['a', 'b'].map((content) => event({ content }, keyNumber(2))) as [SignedEvent, SignedEvent];
const ids = (events: readonly SignedEvent[]) => events.map(({ id }) => id).sort();

/** A browser whose storage can be broken and repaired; `rescue: false` is one without storage buckets. */
function makeBrowser({ rescue = true } = {}) {
  const [main, bucket] = [new IDBFactory(), new IDBFactory()];
  let count = 0;
  const canary = {
    read: () => count,
    write: (next: number) => {
      count = next;
    },
  };
  // Five seconds without an answer are over at once.
  const after = (ms: number, task: () => void) => nodePlatform.after(ms >= 5_000 ? 100 : ms, task);
  const place = { exists: async () => rescue, open: async () => (rescue ? bucket : null) };
  const break_ = (factory: IDBFactory, how: 'fails' | 'hangs') => {
    const spy = vi.spyOn(factory, 'open').mockImplementation(() => {
      if (how === 'fails') throw new DOMException('Internal error opening backing store', 'UnknownError');
      return {} as IDBOpenDBRequest;
    });
    return { repair: () => spy.mockRestore(), spy };
  };
  return {
    breakMain: (how: 'fails' | 'hangs') => break_(main, how),
    breakRescue: (how: 'fails' | 'hangs') => break_(bucket, how),
    open: () => {
      const store = openBrowserStore({ name: 'log', canary, platform: { after }, main, rescue: place });
      onTestFinished(() => store.close());
      return store;
    },
  };
}

describeStore(
  'the store of a browser',
  () => {
    const browser = makeBrowser();
    return { open: browser.open };
  },
  { lasting: true },
);

describe('a browser whose database can never be opened', () => {
  test('tries three times, then keeps the log in the rescue place, which outlives the window', async () => {
    const browser = makeBrowser();
    const { spy } = browser.breakMain('fails');
    const store = browser.open();
    await store.put([a]);
    expect(spy).toHaveBeenCalledTimes(3);
    expect(store.mode()).toEqual({ type: 'rescue', reason: 'unreadable' });
    await store.close();
    expect(await browser.open().all()).toEqual([a]);
  });

  test('keeps the log in memory where there is no rescue place, and says so', async () => {
    const browser = makeBrowser({ rescue: false });
    browser.breakMain('fails');
    const store = browser.open();
    const own = await store.append(CHAIN, (tip) => chained(tip, 'own', KEY));
    expect(await store.all()).toEqual([own]);
    expect(store.mode()).toEqual({ type: 'memory', reason: 'unreadable' });
  });

  test('waits for a silent database only so long', async () => {
    const browser = makeBrowser();
    browser.breakMain('hangs');
    browser.breakRescue('hangs');
    const store = browser.open();
    expect(await store.all()).toEqual([]);
    expect(store.mode()).toEqual({ type: 'memory', reason: 'silent' });
  });

  test.each(['rescue', 'memory'] as const)(
    'goes back from %s when it works again, with all that was written',
    async (type) => {
      const browser = makeBrowser({ rescue: type === 'rescue' });
      const before = browser.open();
      await before.put([a]);
      await before.close();
      const { repair } = browser.breakMain('fails');
      const store = browser.open();
      await store.put([b]);
      const own = await store.append(CHAIN, (tip) => chained(tip, 'own', KEY));
      await store.addReceipts('wss://a.example', [own.id]);
      expect(store.mode()).toMatchObject({ type });
      await store.damage();
      expect(store.mode()).toMatchObject({ type });
      repair();
      expect(await store.damage()).toEqual([]);
      expect(store.mode()).toEqual({ type: 'durable' });
      await store.close();
      const after = browser.open();
      expect(ids(await after.all())).toEqual(ids([a, b, own]));
      expect((await after.receipts()).get(own.id)).toEqual(['wss://a.example']);
    },
  );

  test('brings back at the next start what a rescue holds, once', async () => {
    const browser = makeBrowser();
    const { repair } = browser.breakMain('fails');
    const first = browser.open();
    await first.put([a]);
    await first.close();
    repair();
    const second = browser.open();
    expect(await second.all()).toEqual([a]);
    expect(second.mode()).toEqual({ type: 'durable' });
    await second.close();
    browser.breakMain('fails');
    expect(await browser.open().all()).toEqual([]);
  });
});

describe('a browser whose storage breaks while it is used', () => {
  test('goes on elsewhere without saying anything twice, and memory fills what is missing there', async () => {
    const browser = makeBrowser();
    const store = browser.open();
    const soon = () => Promise.resolve();
    const copy = await openCopy({ org: ORG, store, pause: soon, gather: soon });
    await copy.append(CHAIN, (tip) => chained(tip, 'one', KEY));
    const { repair } = browser.breakMain('fails');
    const dead = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
    });
    onTestFinished(() => dead.mockRestore());
    let signed = 0;
    const second = await copy.append(CHAIN, (tip) => {
      signed += 1;
      return chained(tip, 'two', KEY);
    });
    expect(signed).toBe(1);
    expect(store.mode()).toMatchObject({ type: 'rescue' });
    expect(second.tags).toContainEqual(['s', '2']);
    await copy.damage();
    expect(await store.all()).toHaveLength(2);
    repair();
    await copy.damage();
    expect(store.mode()).toEqual({ type: 'durable' });
    expect(ids(await store.all())).toEqual(ids(copy.held.all()));
  });
});
