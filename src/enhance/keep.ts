// Loaded after the first paint: the database with the last snapshots, the data files they vouch for, and the rosters.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { SignedEvent } from '../model/event.ts';
import { parseSnapshot } from '../model/parse-snapshot.ts';
import type { HeldCopy } from './held-copy.ts';
import { readKnown } from './known-publishers.ts';
import { raiseSeen } from './seen.ts';
import type { Shelf } from './shelf.ts';

interface Stores extends DBSchema {
  copies: { key: string; value: Omit<HeldCopy, 'snapshot'> };
  /** Published data files that were checked against a signed snapshot, by path. */
  parts: { key: string; value: HeldPart };
  /** Every roster that was ever verified here, by id: removals must not be forgotten. */
  rosters: { key: string; value: SignedEvent };
}

export interface HeldPart {
  /** The site's root key then: another organisation's words may lie at the same address. Absent in what older pages kept. */
  readonly root?: string;
  readonly hash: string;
  readonly text: string;
  /** When the snapshot was signed that last vouched for it. */
  readonly as_of: string;
}

/** More than an hour of a page that is signed every few minutes. */
const COPIES = 20;
let opened: Promise<IDBPDatabase<Stores>> | null = null;

function open(): Promise<IDBPDatabase<Stores>> {
  opened ??= openDB<Stores>('lifeboat-public', 2, {
    upgrade(database) {
      const stores = database.objectStoreNames;
      for (const name of ['copies', 'parts', 'rosters'] as const)
        if (!stores.contains(name)) database.createObjectStore(name);
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

/** Some browsers' databases neither open nor fail. */
const DEADLINE_MS = 1_500;

/** Runs `task`; a dead connection is opened again once. Resolves to undefined where this browser gives no database in time. */
async function withShelf<Result>(
  task: (database: IDBPDatabase<Stores>) => Promise<Result>,
): Promise<Result | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, DEADLINE_MS));
  return Promise.race([attempted(task), late]);
}

async function attempted<Result>(
  task: (database: IDBPDatabase<Stores>) => Promise<Result>,
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

/** Keeps the copy, and its number as one that was seen. Keys sort by time of signing, so the newest is last. */
export async function keepCopy(shelf: Shelf, copy: HeldCopy): Promise<void> {
  const { root, event, received_at, source, host, snapshot } = copy;
  raiseSeen(shelf, event.pubkey, snapshot.seq);
  await withShelf(async (database) => {
    await database.put('copies', { root, event, received_at, source, host }, `${snapshot.generated_at} ${event.id}`);
    const keys = await database.getAllKeys('copies');
    for (const key of keys.slice(0, -COPIES)) await database.delete('copies', key);
  });
}

/** The newest copy that is held, of those who may publish as far as this device knows them. */
export async function newestCopy(shelf: Shelf, root: string): Promise<HeldCopy | null> {
  const keys = readKnown(shelf, root)?.keys;
  const all = (await withShelf((database) => database.getAll('copies'))) ?? [];
  const newest = all.findLast((copy) => copy.root === root && keys?.includes(copy.event.pubkey) !== false);
  const snapshot = newest === undefined ? null : parseSnapshot(newest.event.content);
  return newest === undefined || snapshot === null ? null : { ...newest, snapshot };
}

/** Forgets the copies for `root` that none of `keys` signed. */
export async function dropCopies(root: string, keys: readonly string[]): Promise<void> {
  await withShelf(async (database) => {
    let cursor = await database.transaction('copies', 'readwrite').store.openCursor();
    for (; cursor !== null; cursor = await cursor.continue())
      if (cursor.value.root === root && !keys.includes(cursor.value.event.pubkey)) await cursor.delete();
  });
}

export async function keepPart(path: string, part: HeldPart): Promise<void> {
  await withShelf((database) => database.put('parts', part, path));
}

export async function readPart(path: string): Promise<HeldPart | undefined> {
  return withShelf((database) => database.get('parts', path));
}

export async function heldRosters(): Promise<readonly SignedEvent[]> {
  return (await withShelf((database) => database.getAll('rosters'))) ?? [];
}

export async function keepRosters(rosters: readonly SignedEvent[]): Promise<void> {
  if (rosters.length === 0) return;
  await withShelf(async (database) => {
    const writing = database.transaction('rosters', 'readwrite');
    await Promise.all([...rosters.map((event) => writing.store.put(event, event.id)), writing.done]);
  });
}
