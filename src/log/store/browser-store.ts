import type { SignedEvent } from '../../model/event.ts';
import { createListeners } from '../listeners.ts';
import { type BrowserPlacesOptions, browserPlaces } from './browser-places.ts';
import { StoreFailure, type StoreMode, type StoreTrouble } from './damage.ts';
import type { LogStore, StoreChange } from './store.ts';

/**
 * This browser's copy of the log, on the best storage that works: IndexedDB, else a rescue bucket, else memory.
 * Nothing rejects because a place broke: it goes on one step lower. `damage()` looks whether the first place works again,
 * and then brings back into it what was written meanwhile.
 */
export function openBrowserStore(options: BrowserPlacesOptions): LogStore {
  const places = browserPlaces(options);
  const listeners = createListeners<StoreChange>();
  const running = new Set<Promise<unknown>>();
  let endNews = () => {};
  let mode: StoreMode = { type: 'durable' };
  let closed = false;
  let current: Promise<LogStore> = places.first().then(settleOn);

  /** `store` is where everything goes from now on. */
  function settleOn(store: LogStore): LogStore {
    endNews();
    endNews = store.onForeignChange(listeners.tell);
    mode = store.mode();
    return store;
  }

  /** The first place again, with all that was written elsewhere; the old one where it still does not work. */
  async function climb(old: LogStore): Promise<LogStore> {
    await Promise.allSettled(running);
    const store = await places.above(old);
    return store === null ? old : settleOn(store);
  }

  async function descend(broken: LogStore, trouble: StoreTrouble): Promise<LogStore> {
    await broken.close();
    return settleOn(await places.below(broken.mode().type, trouble));
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
        if (current === mine) current = descend(store, error.trouble);
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
