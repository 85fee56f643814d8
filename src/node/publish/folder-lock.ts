import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PlainError } from '../plain-error.ts';

/**
 * Keeps other publishers out of the folder that this one writes, until the returned function is called or the process ends,
 * however it ends: the system itself lets go of the lock. Throws PlainError where another holds it.
 */
export function holdFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, '.publisher.lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    // Busy: nothing else can be wrong with an empty database.
    lock.close();
    throw new PlainError(`Another publisher writes into ${folder}: end it, or give this one a folder of its own.`, 1);
  }
  return () => lock.close();
}
