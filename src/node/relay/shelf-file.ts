import { DatabaseSync } from 'node:sqlite';
import { PlainError } from '../plain-error.ts';
import { isDamage } from '../store/open-database.ts';

/** Raised when the tables change; a newer file is not touched by an older Lifeboat. */
const VERSION = 1;

const TABLES = `
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS event (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, pubkey TEXT NOT NULL, kind INTEGER NOT NULL,
    created_at INTEGER NOT NULL, d TEXT NOT NULL, json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS event_by_kind ON event (kind, created_at);
  CREATE INDEX IF NOT EXISTS event_by_author ON event (pubkey, kind, d);
  CREATE TABLE IF NOT EXISTS tag (
    name TEXT NOT NULL, value TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (name, value, row)
  ) STRICT, WITHOUT ROWID;
`;

/**
 * Opens the database of one relay and one organisation. A commit returns only when it is on the disk
 * (`synchronous=FULL`). Throws PlainError with one plain sentence.
 */
export function openShelfFile(path: string, root: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000');
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version > VERSION)
      throw new PlainError(`${path} was written by a newer Lifeboat; start that one, or name another file with --db.`);
    database.exec(`BEGIN; ${TABLES} PRAGMA user_version = ${VERSION}; COMMIT`);
    database.prepare('INSERT OR IGNORE INTO meta VALUES (?, ?)').run('root', root);
    const owner = database.prepare('SELECT value FROM meta WHERE name = ?').get('root')?.['value'];
    if (owner !== root)
      throw new PlainError(
        `${path} belongs to the organisation of root key ${owner}; name that one with --org, or another file with --db.`,
      );
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof PlainError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    // Not moved by the relay itself: a mistyped --db would move somebody's document.
    if (isDamage(error))
      throw new PlainError(
        `Cannot use ${path} as the relay's database (${reason}); if it was one, move it away: the relay starts empty, and devices fill it again.`,
      );
    throw new PlainError(
      `Cannot use ${path} as the relay's database (${reason}); make it writable, or name another file with --db.`,
    );
  }
}

/**
 * Holds `<path>-lock` until the process ends, however it ends: two relays on one file would each miss what the other
 * stores. Only relays take it, so backups and other readers are not kept out.
 */
export function lockShelfFile(path: string): DatabaseSync | undefined {
  if (path === ':memory:') return undefined;
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(`${path}-lock`);
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    const reason = error instanceof Error ? error.message : String(error);
    if (reason.includes('locked'))
      throw new PlainError(`${path} is in use by another relay; stop that one, or name another file with --db.`);
    throw new PlainError(
      `Cannot use ${path} as the relay's database (${reason}); make its folder writable, or name another file with --db.`,
    );
  }
}
