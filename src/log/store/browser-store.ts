import type { SignedEvent } from '../../model/event.ts';
import type { Platform } from '../../platform.ts';
import { createListeners } from '../listeners.ts';
import { StoreFailure, type StoreMode, type StoreTrouble } from './damage.ts';
import { openIdbStore } from './idb-store.ts';
import { createMemoryStore } from './memory-store.ts';
import { emptyRescue, type RescuePlace } from './rescue-bucket.ts';
import type { LogStore, StoreChange } from './store.ts';
import type { Canary } from './tally.ts';

export interface BrowserStoreOptions {
  readonly name: string;
  readonly canary: Canary;
  readonly platform: Pick<Platform, 'after'>;
  readonly main: IDBFactory;
  readonly rescue: RescuePlace;
}

const ANSWER_WITHIN_MS = 5_000;

/**
 * This browser's copy of the log, on the best storage that works: IndexedDB, else a rescue bucket, else memory.
 * Nothing rejects because a place broke: it goes on one step lower. `damage()` looks whether the first place works again,
 * and then brings back into it what was written meanwhile.
 */
export function openBrowserStore(options: BrowserStoreOptions): LogStore {
  const { name, canary, platform, main, rescue } = options;
  const listeners = createListeners<StoreChange>();
  const running = new Set<Promise<unknown>>();
  let endNews = () => {};
  let mode: StoreMode = { type: 'durable' };
  let closed = false;
  let current: Promise<LogStore> = begin();

  function openIn(factory: IDBFactory, where: StoreMode): LogStore {
    return openIdbStore({ factory, after: platform.after }, name, canary, where);
  }

  /** Storage that breaks may also never answer; then `otherwise` is all that is known. */
  function inTime<Answer>(answer: Promise<Answer>, otherwise: Answer): Promise<Answer> {
    return new Promise((resolve) => {
      const cancel = platform.after(ANSWER_WITHIN_MS, () => resolve(otherwise));
      void answer.then((value) => {
        cancel();
        resolve(value);
      });
    });
  }

  /** `store` is where everything goes from now on. */
  function settleOn(store: LogStore): LogStore {
    endNews();
    endNews = store.onForeignChange(listeners.tell);
    mode = store.mode();
    return store;
  }

  async function begin(): Promise<LogStore> {
    const store = openIn(main, { type: 'durable' });
    try {
      await store.damage();
      await bringBack(store);
      return settleOn(store);
    } catch (error) {
      await store.close();
      return descend('durable', troubleOf(error));
    }
  }

  async function descend(from: StoreMode['type'], reason: StoreTrouble): Promise<LogStore> {
    // Another place helps where one is damaged; not where the disk is full, the page is old, or all storage is silent or forbidden.
    const isDamaged = from === 'durable' && reason === 'unreadable';
    const factory = isDamaged ? await inTime(rescue.open(), null) : null;
    if (factory !== null) {
      const store = openIn(factory, { type: 'rescue', reason });
      try {
        await store.damage();
        return settleOn(store);
      } catch {
        // As broken as the first place, whose trouble is the one that is told.
        await store.close();
      }
    }
    return settleOn(createMemoryStore(reason));
  }

  /** What a rescue holds from an earlier time goes into the place that works again. */
  async function bringBack(store: LogStore): Promise<void> {
    const factory = (await inTime(rescue.exists(), false)) ? await inTime(rescue.open(), null) : null;
    if (factory === null) return;
    const kept = openIn(factory, { type: 'rescue', reason: 'unreadable' });
    try {
      const events = await union(kept, store);
      await emptyRescue({ factory, after: platform.after }, name, new Set(events.map(({ id }) => id)));
    } catch (error) {
      // It stays where it is and is brought back another time.
      console.warn('What the rescue storage holds was not brought back.', error);
    } finally {
      await kept.close();
    }
  }

  /** The first place again, with all that was written elsewhere; the old one when it still does not work. */
  async function climb(old: LogStore): Promise<LogStore> {
    await Promise.allSettled(running);
    const store = openIn(main, { type: 'durable' });
    try {
      await store.damage();
      await union(old, store);
    } catch {
      // Still broken: that is what `mode` goes on saying.
      await store.close();
      return old;
    }
    await old.close();
    await bringBack(store);
    return settleOn(store);
  }

  async function use<Result>(work: (store: LogStore) => Promise<Result>): Promise<Result> {
    for (;;) {
      const mine = current;
      const store = await mine;
      const job = work(store);
      running.add(job);
      try {
        return await job;
      } catch (error) {
        const gaveUp = error instanceof StoreFailure && error.trouble !== 'full';
        if (!gaveUp || closed) throw error;
        running.delete(job);
        if (current === mine) current = store.close().then(() => descend(store.mode().type, error.trouble));
      } finally {
        running.delete(job);
      }
    }
  }

  async function look(): Promise<void> {
    const mine = current;
    const store = await mine;
    if (store.mode().type !== 'durable' && current === mine) current = climb(store);
    await current;
  }

  return {
    append: async (chain, build) => {
      let built: SignedEvent | undefined;
      return use(async (store) => {
        // Signed already when storage gave up: the same event goes on, so that nobody has said it twice.
        if (built !== undefined) {
          await store.put([built]);
          return built;
        }
        return store.append(chain, (tip) => {
          built = build(tip);
          return built;
        });
      });
    },
    put: (events) => use((store) => store.put(events)),
    purge: (stubs) => use((store) => store.purge(stubs)),
    all: () => use((store) => store.all()),
    get: (ids) => use((store) => store.get(ids)),
    addReceipts: (relay, ids) => use((store) => store.addReceipts(relay, ids)),
    dropReceipts: (relay, ids) => use((store) => store.dropReceipts(relay, ids)),
    receipts: () => use((store) => store.receipts()),
    damage: async (known) => {
      await look();
      return use((store) => store.damage(known));
    },
    mode: () => mode,
    onForeignChange: listeners.listen,
    close: async () => {
      closed = true;
      endNews();
      await (await current).close();
    },
  };
}

/** Adds all events and receipts of `from` to `to`; returns the events. */
async function union(from: LogStore, to: LogStore): Promise<readonly SignedEvent[]> {
  const events = await from.all();
  await to.put(events);
  const relays = Map.groupBy(
    [...(await from.receipts())].flatMap(([id, names]) => names.map((relay) => ({ id, relay }))),
    ({ relay }) => relay,
  );
  for (const [relay, noted] of relays) {
    await to.addReceipts(
      relay,
      noted.map(({ id }) => id),
    );
  }
  return events;
}

function troubleOf(error: unknown): StoreTrouble {
  return error instanceof StoreFailure ? error.trouble : 'unreadable';
}
