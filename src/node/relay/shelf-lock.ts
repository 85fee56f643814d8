import { closeSync, existsSync, openSync, readSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { PlainError } from '../plain-error.ts';
import { isDamage } from '../store/open-database.ts';

/** Stands in the header of every relay's database ("LBRL"). */
export const APPLICATION = 0x4c_42_52_4c;

/**
 * Holds `<path>-lock` until the process ends, however it ends: two relays on one file would each miss what the other
 * stores. Only relays take it, so backups and other readers are not kept out. Undefined for `:memory:`.
 */
export function lockShelfFile(path: string): DatabaseSync | undefined {
  if (path === ':memory:') return undefined;
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(`${path}-lock`);
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    return lock;
  } catch (error) {
    lock?.close();
    const reason = error instanceof Error ? error.message : String(error);
    if (reason.includes('locked'))
      throw new PlainError(`${path} is in use by another relay; stop that one, or name another file with --db.`);
    if (isDamage(error))
      throw new PlainError(`${path}-lock is damaged (${reason}); remove it while no relay runs on ${path}.`);
    throw new PlainError(
      `Cannot use ${path} as the relay's database (${reason}); make its folder writable, or name another file with --db.`,
    );
  }
}

/** Lets the lock go; nothing stays beside a file that turned out to be no relay's database. */
export function unlockShelfFile(path: string, lock: DatabaseSync | undefined): void {
  if (lock === undefined) return;
  const wasRelay = isMarked(lock);
  lock.close();
  if (!wasRelay) rmSync(`${path}-lock`, { force: true });
}

/** Notes in the lock that the file beside it is a relay's, so that it is known for one when it cannot be read any more. */
export function markShelfFile(lock: DatabaseSync): void {
  if (!isMarked(lock)) lock.exec('PRAGMA user_version = 1');
}

/** Asked of the handle, never of the file: closing a second descriptor would end this process's lock on it. */
export function isMarked(lock: DatabaseSync): boolean {
  return lock.prepare('PRAGMA user_version').get()?.['user_version'] === 1;
}

/** Whether `path` was a relay's database once, by its own header; nobody may have it open. */
export function isRelayFile(path: string): boolean {
  return headerOf(path).readUInt32BE(68) === APPLICATION;
}

/** The 100 bytes of https://www.sqlite.org/fileformat.html#the_database_header; zeros where the file is shorter. */
function headerOf(path: string): Buffer {
  const header = Buffer.alloc(100);
  if (!existsSync(path)) return header;
  const file = openSync(path, 'r');
  try {
    readSync(file, header);
  } finally {
    closeSync(file);
  }
  return header;
}
