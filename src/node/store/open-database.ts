import { existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { SCHEMA } from './schema.ts';

/** Opens the file with WAL and an fsync at each commit; one that is damaged beyond reading is put aside, not deleted. */
export function openDatabase(path: string): DatabaseSync {
  try {
    return prepare(path);
  } catch (error) {
    if (!isDamage(error) || !existsSync(path))
      throw new Error(`The log ${path} cannot be opened: ${messageOf(error)}.`, { cause: error });
    renameSync(path, `${path}.damaged`);
    // A write-ahead log belongs to exactly one database file.
    for (const companion of ['-wal', '-shm']) rmSync(path + companion, { force: true });
    return prepare(path);
  }
}

function prepare(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
    database.exec(SCHEMA);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLITE_CORRUPT (11) or SQLITE_NOTADB (26). */
export function isDamage(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (error.errcode === 11 || error.errcode === 26);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
