import type { SignedEvent } from '../../model/event.ts';
import type { Platform } from '../../platform.ts';
import { StoreFailure, type StoreMode, type StoreTrouble } from './damage.ts';
import { openIdbStore } from './idb-store.ts';
import { createMemoryStore } from './memory-store.ts';
import { emptyRescue, type RescuePlace } from './rescue-bucket.ts';
import type { LogStore } from './store.ts';
import type { Canary } from './tally.ts';

export interface BrowserPlacesOptions {
  readonly name: string;
  readonly canary: Canary;
  readonly platform: Pick<Platform, 'after'>;
  readonly main: IDBFactory;
  readonly rescue: RescuePlace;
}

/** Where a browser's copy can lie: IndexedDB, else a rescue bucket, else memory. Nothing here rejects because a place broke. */
export interface BrowserPlaces {
  /** The best place that works, with what lies in those below it. */
  first(): Promise<LogStore>;
  /** The next place below the one that broke. */
  below(from: StoreMode['type'], reason: StoreTrouble): Promise<LogStore>;
  /** The first place again, with all that was written into `old`, which is closed then; null where it still does not work. */
  above(old: LogStore): Promise<LogStore | null>;
}

const ANSWER_WITHIN_MS = 5_000;

export function browserPlaces({ name, canary, platform, main, rescue }: BrowserPlacesOptions): BrowserPlaces {
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

  async function first(): Promise<LogStore> {
    const store = openIn(main, { type: 'durable' });
    try {
      await store.damage();
      await bringBack(store);
      return store;
    } catch (error) {
      await store.close();
      return below('durable', error instanceof StoreFailure ? error.trouble : 'unreadable');
    }
  }

  async function below(from: StoreMode['type'], reason: StoreTrouble): Promise<LogStore> {
    // Another place helps where one is damaged; not where the disk is full, the page is old, or all storage is silent or forbidden.
    const isDamaged = from === 'durable' && reason === 'unreadable';
    const factory = isDamaged ? await inTime(rescue.open(), null) : null;
    if (factory !== null) {
      const store = openIn(factory, { type: 'rescue', reason });
      try {
        await store.damage();
        return store;
      } catch {
        // As broken as the first place, whose trouble is the one that is told.
        await store.close();
      }
    }
    return createMemoryStore(reason);
  }

  async function above(old: LogStore): Promise<LogStore | null> {
    const store = openIn(main, { type: 'durable' });
    try {
      await store.damage();
      await union(old, store);
    } catch {
      // Still broken: that is what the old one's mode goes on saying.
      await store.close();
      return null;
    }
    await old.close();
    await bringBack(store);
    return store;
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

  return { first, below, above };
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
