import { DatabaseSync } from 'node:sqlite';
import { PlainError } from '../plain-error.ts';
import { APPLICATION } from './shelf-lock.ts';
import { sumOf } from './stored-row.ts';

/** Raised when the tables change; a newer file is not touched by an older Lifeboat. */
const VERSION = 2;

const TABLES = `
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS event (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, pubkey TEXT NOT NULL, kind INTEGER NOT NULL,
    created_at INTEGER NOT NULL, d TEXT NOT NULL, json TEXT NOT NULL, sum INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX IF NOT EXISTS event_by_kind ON event (kind, created_at);
  CREATE INDEX IF NOT EXISTS event_by_author ON event (pubkey, kind, d);
  CREATE TABLE IF NOT EXISTS tag (
    name TEXT NOT NULL, value TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (name, value, row)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS quarantine (id TEXT NOT NULL, json TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL) STRICT;
`;

/**
 * Opens the database of one relay and one organisation. A commit returns only when it is on the disk
 * (`synchronous=FULL`). Throws what SQLite throws, and PlainError where the file is sound but not for this relay.
 */
export function openShelfFile(path: string, root: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    refuseStrangers(database, path);
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 2000',
    );
    const version = pragma(database, 'user_version');
    if (version > VERSION)
      throw new PlainError(`${path} was written by a newer Lifeboat; start that one, or name another file with --db.`);
    if (version < VERSION) migrate(database, version);
    database.prepare('INSERT OR IGNORE INTO meta VALUES (?, ?)').run('root', root);
    const owner = database.prepare('SELECT value FROM meta WHERE name = ?').get('root')?.['value'];
    if (owner !== root)
      throw new PlainError(
        `${path} belongs to the organisation of root key ${owner}; name that one with --org, or another file with --db.`,
      );
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What is wrong inside a file that opens, or undefined. It looks at every page and at every entry of every index. */
export function damageOf(database: DatabaseSync): string | undefined {
  const found = database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
  return found === 'ok' ? undefined : String(found).split('\n')[0];
}

/** A database of somebody else must not get our tables. */
function refuseStrangers(database: DatabaseSync, path: string): void {
  const names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const isOurs = names.length === 0 || names.some(({ name }) => name === 'meta');
  if (!isOurs) throw new PlainError(`${path} is a database of another program; name another file with --db.`);
}

/** One transaction: a kill in the middle leaves the older file. Version 1 had no `sum`. */
function migrate(database: DatabaseSync, version: number): void {
  database.function('sum_of', { deterministic: true }, (json) => sumOf(String(json)));
  const add = 'ALTER TABLE event ADD COLUMN sum INTEGER NOT NULL DEFAULT 0; UPDATE event SET sum = sum_of(json);';
  const marks = `PRAGMA user_version = ${VERSION}; PRAGMA application_id = ${APPLICATION}`;
  database.exec(`BEGIN; ${version === 1 ? add : ''} ${TABLES} ${marks}; COMMIT`);
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}
