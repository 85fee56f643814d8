import { existsSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { PlainError } from '../plain-error.ts';
import { isDamage } from '../store/open-database.ts';
import { damageOf, openShelfFile } from './shelf-file.ts';
import { isMarked, isRelayFile, markShelfFile } from './shelf-lock.ts';
import { finishRescue, rescueShelfFile } from './shelf-rescue.ts';

/**
 * Opens a relay's database, and where it broke, a new one with what could be read out of it; `onTrouble` hears so in one
 * sentence. Throws PlainError with one plain sentence, and never moves a file that was no relay's database.
 */
export function openSoundFile(
  path: string,
  root: string,
  lock: DatabaseSync | undefined,
  onTrouble: (sentence: string) => void,
): DatabaseSync {
  if (lock === undefined) return openShelfFile(path, root);
  try {
    finishRescue(path);
    if (isMarked(lock) && (!existsSync(path) || statSync(path).size === 0))
      onTrouble(`${path} is empty, though this relay kept events in it; it starts empty, and devices fill it again`);
    const found = openOrDamage(path, root);
    if (typeof found !== 'string') {
      markShelfFile(lock);
      return found;
    }
    if (!isMarked(lock) && !isRelayFile(path))
      throw new PlainError(
        `Cannot use ${path} as the relay's database (${found}); it was never one, so it is left as it is: name another file with --db.`,
      );
    const { aside, saved } = rescueShelfFile(path, root);
    const kept = saved === 0 ? 'none of its events could be read' : `${saved} of its events could be read`;
    onTrouble(`${path} is damaged (${found}) and was put aside as ${aside}; ${kept}, and devices send the rest again`);
    return openShelfFile(path, root);
  } catch (error) {
    if (error instanceof PlainError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new PlainError(
      `Cannot use ${path} as the relay's database (${reason}); make it writable, or name another file with --db.`,
    );
  }
}

function openOrDamage(path: string, root: string): DatabaseSync | string {
  let database: DatabaseSync | undefined;
  try {
    database = openShelfFile(path, root);
    const damage = damageOf(database);
    if (damage === undefined) return database;
    database.close();
    return damage;
  } catch (error) {
    if (database?.isOpen) database.close();
    if (isDamage(error)) return error instanceof Error ? error.message : String(error);
    throw error;
  }
}
