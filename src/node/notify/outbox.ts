import type { DatabaseSync } from 'node:sqlite';
import { DatabaseSync as Database } from 'node:sqlite';
import { createTransaction } from '../store/transaction.ts';
import type { Statuses } from './news.ts';

/** One message that one endpoint has not taken yet. */
export interface Delivery {
  readonly number: number;
  readonly endpoint: string;
  readonly body: string;
  readonly tries: number;
  /** Unix ms: when it was first to be told, and when to try next. */
  readonly since: number;
  readonly due: number;
}

/** An endpoint that something is to be told, and how its oldest message stands. */
export type Head = Pick<Delivery, 'endpoint' | 'tries' | 'due'>;

export interface Message {
  readonly key: string;
  /** By endpoint: what it is to be told. */
  readonly bodies: ReadonlyMap<string, string>;
}

/** What is still to be told, on disk: a notifier that is killed goes on where it was. */
export interface Outbox {
  /** False before the first `remember`: then everything is old news. */
  readonly begun: boolean;
  known(key: string): boolean;
  statuses(): Statuses;
  /** In one transaction: these keys are known, these messages are to be told, this was the state. */
  remember(keys: readonly string[], messages: readonly Message[], statuses: Statuses, now: number): void;
  /** Each endpoint that something is to be told: those that failed least come first, then those that wait longest. */
  heads(): readonly Head[];
  /** Its oldest message. */
  head(endpoint: string): Delivery | undefined;
  taken(number: number): void;
  tryAgain(number: number, due: number): void;
  /** Forgets an endpoint and all that it was to be told. */
  drop(endpoint: string): void;
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS known (key TEXT PRIMARY KEY) STRICT;
  CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS deliveries (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    endpoint TEXT NOT NULL, body TEXT NOT NULL, tries INTEGER NOT NULL, since INTEGER NOT NULL, due INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS deliveries_by_endpoint ON deliveries (endpoint, number);
`;

/** Opens the outbox in `path` (a SQLite file of its own). */
export function openOutbox(path: string): Outbox {
  const database = new Database(path, { timeout: 5_000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(SCHEMA);
  return outboxOf(database);
}

function outboxOf(database: DatabaseSync): Outbox {
  const transaction = createTransaction(database);
  const isKnown = database.prepare('SELECT 1 FROM known WHERE key = ?');
  const know = database.prepare('INSERT OR IGNORE INTO known (key) VALUES (?)');
  const add = database.prepare('INSERT INTO deliveries (endpoint, body, tries, since, due) VALUES (?, ?, 0, ?, ?)');
  const readState = database.prepare("SELECT value FROM state WHERE name = 'statuses'");
  const writeState = database.prepare("INSERT OR REPLACE INTO state (name, value) VALUES ('statuses', ?)");
  const heads = database.prepare(
    'SELECT endpoint, tries, due FROM deliveries WHERE number IN (SELECT min(number) FROM deliveries GROUP BY endpoint) ORDER BY tries, number',
  );
  const head = database.prepare('SELECT * FROM deliveries WHERE endpoint = ? ORDER BY number LIMIT 1');
  const remove = database.prepare('DELETE FROM deliveries WHERE number = ?');
  const delay = database.prepare('UPDATE deliveries SET tries = tries + 1, due = ? WHERE number = ?');
  const dropAll = database.prepare('DELETE FROM deliveries WHERE endpoint = ?');
  return {
    get begun() {
      return readState.get() !== undefined;
    },
    known: (key) => isKnown.get(key) !== undefined,
    statuses: () => JSON.parse(String(readState.get()?.['value'] ?? '{}')) as Statuses,
    remember: (keys, messages, statuses, now) =>
      transaction(() => {
        for (const key of keys) know.run(key);
        for (const { bodies } of messages) for (const [endpoint, body] of bodies) add.run(endpoint, body, now, now);
        writeState.run(JSON.stringify(statuses));
      }),
    heads: () => heads.all() as unknown as readonly Head[],
    head: (endpoint) => head.get(endpoint) as unknown as Delivery | undefined,
    taken: (number) => void remove.run(number),
    tryAgain: (number, due) => void delay.run(due, number),
    drop: (endpoint) => void dropAll.run(endpoint),
    close: () => database.close(),
  };
}
