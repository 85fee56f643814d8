// Loaded after the first paint: the database with the last snapshots and the incidents' files.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { parseSnapshot } from '../model/published.ts';
import type { HeldCopy } from './held-copy.ts';

interface Shelf extends DBSchema {
  copies: { key: string; value: Omit<HeldCopy, 'snapshot'> };
  /** Published data files that were checked against a signed snapshot, by path. */
  parts: { key: string; value: { readonly hash: string; readonly text: string } };
}

/** More than an hour of a page that is signed every few minutes. */
const COPIES = 20;
let opened: Promise<IDBPDatabase<Shelf>> | null = null;

function open(): Promise<IDBPDatabase<Shelf>> {
  opened ??= openDB<Shelf>('lifeboat-public', 1, {
    upgrade(database) {
      database.createObjectStore('copies');
      database.createObjectStore('parts');
    },
    blocking: forget,
    terminated: () => {
      opened = null;
    },
  });
  return opened;
}

function forget(): void {
  opened?.then(
    (database) => database.close(),
    () => {}, // It never opened, so there is nothing to close; who asked for it was told.
  );
  opened = null;
}

/** Runs `task`; a dead connection is opened again once. Resolves to undefined where this browser gives no database. */
async function withShelf<Result>(
  task: (database: IDBPDatabase<Shelf>) => Promise<Result>,
): Promise<Result | undefined> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      return await task(await open());
    } catch {
      forget(); // The next attempt gets a new connection; after that localStorage is the only store.
    }
  }
  return undefined;
}

/** Keys sort by time of signing, so the newest is last. */
export async function keepCopy({ root, event, received_at, source, host, snapshot }: HeldCopy): Promise<void> {
  await withShelf(async (database) => {
    await database.put('copies', { root, event, received_at, source, host }, `${snapshot.generated_at} ${event.id}`);
    const keys = await database.getAllKeys('copies');
    for (const key of keys.slice(0, -COPIES)) await database.delete('copies', key);
  });
}

export async function newestCopy(root: string): Promise<HeldCopy | null> {
  const all = (await withShelf((database) => database.getAll('copies'))) ?? [];
  const newest = all.findLast((copy) => copy.root === root);
  const snapshot = newest === undefined ? null : parseSnapshot(newest.event.content);
  return newest === undefined || snapshot === null ? null : { ...newest, snapshot };
}

export async function keepPart(path: string, hash: string, text: string): Promise<void> {
  await withShelf((database) => database.put('parts', { hash, text }, path));
}

export async function readPart(path: string): Promise<{ readonly hash: string; readonly text: string } | undefined> {
  return withShelf((database) => database.get('parts', path));
}
