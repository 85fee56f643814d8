import { openDatabase, type Place } from './idb-open.ts';

/** Storage apart from the default one: it opens where that one never will again (reference: IndexedDB corruption in Chromium). */
export interface RescuePlace {
  /** Whether something may have been put there. */
  exists(): Promise<boolean>;
  /** Null where the browser has no such thing, or refuses. */
  open(): Promise<IDBFactory | null>;
}

const BUCKET = 'lifeboat-rescue';

/** As much of the Storage Buckets API as is needed here; Chromium only. */
interface StorageBuckets {
  keys(): Promise<readonly string[]>;
  open(name: string, options: { durability: 'strict'; persisted: boolean }): Promise<{ indexedDB: IDBFactory }>;
}

/** A storage bucket of this origin. */
export function rescueBucket(): RescuePlace {
  const buckets = (navigator as { storageBuckets?: StorageBuckets }).storageBuckets;
  return {
    exists: async () => {
      try {
        return (await buckets?.keys())?.includes(BUCKET) === true;
      } catch {
        // Storage that does not even list its buckets has none to give back.
        return false;
      }
    },
    open: async () => {
      try {
        return (await buckets?.open(BUCKET, { durability: 'strict', persisted: true }))?.indexedDB ?? null;
      } catch {
        // Forbidden or broken as well: memory is what is left.
        return null;
      }
    },
  };
}

/** Empties a rescue whose events are all in `merged`; one that holds more is left as it is, for the next time. */
export async function emptyRescue(place: Place, name: string, merged: ReadonlySet<string>): Promise<void> {
  const database = await openDatabase(place, name, () => {});
  const transaction = database.transaction(['events', 'receipts', 'ledger'], 'readwrite', { durability: 'strict' });
  const ids = await transaction.objectStore('events').getAllKeys();
  if (ids.every((id) => merged.has(id))) {
    for (const store of ['events', 'receipts', 'ledger'] as const) void transaction.objectStore(store).clear();
  }
  await transaction.done;
  database.close();
}
