import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PlainError } from '../plain-error.ts';

/**
 * Keeps a second `lifeboat up` off the same folder; gives back the function that lets go.
 * SQLite's file lock is the operating system's, so it falls with the process, however that dies.
 */
export function lockFolder(dir: string): () => void {
  const path = join(dir, 'up.lock');
  const database = openLock(path);
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!String(error).includes('locked'))
      throw new PlainError(`${path} cannot be locked (${String(error)}); delete it, it holds nothing.`);
    throw new PlainError(`Lifeboat is already up in ${dir}; stop that one, or choose another folder with --dir.`);
  }
  return () => database.close();
}

function openLock(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path);
  } catch (error) {
    throw new PlainError(`${path} cannot be written (${String(error)}); make the folder writable.`);
  }
}
