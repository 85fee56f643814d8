import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { isDamage, openDatabase } from './open-database.ts';
import { rescueDatabase } from './rescue.ts';
import { createTransaction } from './transaction.ts';

/** A database file that outlives its own damage: broken, moved or deleted, it is opened anew and the work goes on. */
export interface CopyFile<Tables> {
  /** One transaction; repeated on the new file when the old one turns out to be broken. */
  run<Result>(work: (tables: Tables) => Result): Result;
  /** Empties the write-ahead log into the file. */
  checkpoint(): void;
  close(): void;
}

/** `prepare` makes the statements for one opening of the file; `tell` hears of damage in one sentence. */
export function openCopyFile<Tables>(
  path: string,
  prepare: (database: DatabaseSync) => Tables,
  tell: (sentence: string) => void,
): CopyFile<Tables> {
  let file = openSound();

  function openSound() {
    try {
      return open();
    } catch (error) {
      if (!isDamage(error)) throw new Error(`The log ${path} cannot be opened: ${messageOf(error)}.`, { cause: error });
      rescue(error);
      return open();
    }
  }

  function open() {
    const database = openDatabase(path);
    return { database, tables: prepare(database), transaction: createTransaction(database), inode: inodeOf(path) };
  }

  function rescue({ message }: Error): void {
    const { aside, saved } = rescueDatabase(path);
    const kept = saved === 0 ? 'none of its events could be read' : `${saved} of its events could be read`;
    tell(
      `This copy is damaged: ${path} (${message}) was put aside as ${aside}; ${kept}, the rest comes back from the relays.`,
    );
  }

  function close(): void {
    if (file.database.isOpen) file.database.close();
  }

  /** What is written into a file that no longer has this name is lost. */
  function follow(): void {
    if (inodeOf(path) === file.inode) return;
    close();
    file = openSound();
  }

  return {
    run: (work) => {
      follow();
      try {
        return file.transaction(() => work(file.tables));
      } catch (error) {
        if (!isDamage(error)) throw error;
        close();
        // Another process may have mended it meanwhile.
        if (inodeOf(path) === file.inode) rescue(error);
        file = openSound();
        return file.transaction(() => work(file.tables));
      }
    },
    checkpoint: () => void file.database.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
    close,
  };
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
