import { DatabaseSync } from 'node:sqlite';
import { SCHEMA } from './schema.ts';

/** Opens the file with WAL and an fsync at each commit; throws what `isDamage` knows where its pages are broken. */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
    database.exec(SCHEMA);
    const verdict = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (verdict !== 'ok') throw new DamagedDatabase(String(verdict));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What a check of the file found, in its words. */
export class DamagedDatabase extends Error {}

/** Broken pages: seen by the check, SQLITE_CORRUPT (11) or SQLITE_NOTADB (26). */
export function isDamage(error: unknown): error is Error {
  if (error instanceof DamagedDatabase) return true;
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) in DAMAGE_CODES;
}

const DAMAGE_CODES = { 11: 'SQLITE_CORRUPT', 26: 'SQLITE_NOTADB' };
