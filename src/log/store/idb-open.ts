import { type DBSchema, type IDBPDatabase, wrap } from 'idb';
import type { SignedEvent } from '../../model/event.ts';
import type { Platform } from '../../platform.ts';
import { StoreFailure } from './damage.ts';
import type { Ledger } from './tally.ts';

/** An event with what it is found by: its place in a chain, or its slot when it is addressable. */
export interface EventRow {
  readonly id: string;
  readonly event: SignedEvent;
  readonly chain?: [pubkey: string, d: string, s: number];
  readonly slot?: string;
}

export interface LogSchema extends DBSchema {
  events: {
    key: string;
    value: EventRow;
    indexes: { chain: [pubkey: string, d: string, s: number]; slot: string };
  };
  /** Which relays hold an event. */
  receipts: { key: string; value: string[] };
  ledger: { key: 'ledger'; value: Ledger };
}

export type LogDatabase = IDBPDatabase<LogSchema>;

/** Where databases are made, and a timer for those that never open. */
export interface Place {
  readonly factory: IDBFactory;
  readonly after: Platform['after'];
}

const VERSION = 1;
/** Longer than a slow phone needs; a page that waits for storage shows nothing. */
const OPEN_WITHIN_MS = 5_000;

/**
 * Opens the database `name`, making it when absent. `onEnd`: the connection is of no use any more.
 * Rejects with the browser's error, or with a StoreFailure `silent` after five seconds without any answer.
 */
export function openDatabase({ factory, after }: Place, name: string, onEnd: () => void): Promise<LogDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, VERSION);
    let late = false;
    const cancel = after(OPEN_WITHIN_MS, () => {
      late = true;
      reject(new StoreFailure('silent'));
    });
    request.onupgradeneeded = () => makeStores(request.result);
    request.onerror = () => {
      cancel();
      reject(request.error ?? new StoreFailure('unreadable'));
    };
    request.onsuccess = () => {
      cancel();
      const database = request.result;
      // Nobody waits for it any more, and an open connection would block whoever wants to delete it.
      if (late) return database.close();
      // An open tab would block the other's upgrade, and everything behind it, for good.
      database.onversionchange = onEnd;
      database.onclose = onEnd;
      resolve(wrap(database) as unknown as LogDatabase);
    };
  });
}

function makeStores(database: IDBDatabase): void {
  const events = database.createObjectStore('events', { keyPath: 'id' });
  events.createIndex('chain', 'chain');
  events.createIndex('slot', 'slot', { unique: true });
  database.createObjectStore('receipts');
  database.createObjectStore('ledger');
}
