import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { SignedEvent } from '../model/event.ts';
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

const VERSION = 1;
const ATTEMPTS = 3;
/** A cached connection that died shows itself by these names; opening anew heals it (measured at scale by others). */
const DEAD_CONNECTION = ['UnknownError', 'InvalidStateError'];

/** One shared connection that is opened when needed, dropped when it died, and let go when another tab upgrades. */
export interface Connection {
  /** Runs `work` on an open database; on a dead connection opens anew and runs it again, at most three times in all. */
  use<Result>(work: (database: LogDatabase) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** `onDrop`: the connection ended; the next one may find another database. */
export function createConnection(name: string, onDrop: () => void): Connection {
  let opening: Promise<LogDatabase> | null = null;

  function drop(): void {
    const old = opening;
    opening = null;
    onDrop();
    void old?.then(
      (database) => database.close(),
      // A connection that never opened has nothing to close; whoever asked for it has had its error.
      () => {},
    );
  }

  function open(): Promise<LogDatabase> {
    opening ??= openDB<LogSchema>(name, VERSION, {
      upgrade: (database) => {
        const events = database.createObjectStore('events', { keyPath: 'id' });
        events.createIndex('chain', 'chain');
        events.createIndex('slot', 'slot', { unique: true });
        database.createObjectStore('receipts');
        database.createObjectStore('ledger');
      },
      // An open tab would block the other's upgrade, and everything behind it, for good.
      blocking: drop,
      terminated: drop,
    }).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  return {
    use: async (work) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await work(await open());
        } catch (error) {
          const dead = error instanceof Error && DEAD_CONNECTION.includes(error.name);
          if (dead) drop();
          if (!dead || attempt === ATTEMPTS) throw inPlainWords(error);
        }
      }
    },
    close: async () => drop(),
  };
}

/** What the person can do about it, in one sentence. */
function inPlainWords(error: unknown): unknown {
  const name = error instanceof Error ? error.name : '';
  const sentence = {
    QuotaExceededError: 'This device has no room left, so nothing was saved: free some space and try again.',
    VersionError: 'A newer Lifeboat has this copy open: reload this page to go on.',
    UnknownError: 'This browser cannot read its own storage: close all its windows and start it again.',
    InvalidStateError: 'This browser closed its storage and does not open it again: reload this page.',
  }[name];
  return sentence === undefined ? error : new Error(sentence, { cause: error });
}
