import type { DatabaseSync } from 'node:sqlite';
import type { SignedEvent } from '../../model/event.ts';
import { LostFileError } from './shelf-error.ts';
import { ShelfFiles } from './shelf-files.ts';
import { lockShelfFile, unlockShelfFile } from './shelf-lock.ts';
import { openSoundFile } from './shelf-open.ts';
import { readableEvents } from './shelf-rescue.ts';

/** What a lost file leaves: to be written anew into the one that lies in its place. */
export interface Salvage {
  /** What happened to it. */
  readonly loss: string;
  /** What could still be read through the old handle. */
  readonly events: readonly SignedEvent[];
}

/** A relay's database as this process has it open: locked, looked after, and opened anew when it broke or was lost. */
export class ShelfHandle {
  readonly #path: string;
  readonly #root: string;
  readonly #onTrouble: (sentence: string) => void;
  #lock: DatabaseSync | undefined;
  /** Undefined for `:memory:`. */
  #files: ShelfFiles | undefined;
  #database: DatabaseSync;

  /** Opens or makes the file (`:memory:` for none). Throws PlainError. */
  constructor(path: string, root: string, onTrouble: (sentence: string) => void) {
    [this.#path, this.#root, this.#onTrouble] = [path, root, onTrouble];
    this.#lock = lockShelfFile(path);
    try {
      this.#database = openSoundFile(path, root, this.#lock, onTrouble);
    } catch (error) {
      unlockShelfFile(path, this.#lock);
      throw error;
    }
    this.#lookAnew();
  }

  /** Another one after `reopen`. */
  get database(): DatabaseSync {
    return this.#database;
  }

  /** Throws LostFileError where what is open does not lie at its path any more, or was cut short. */
  check(): void {
    this.#files?.check(() => isLogEmpty(this.#database));
  }

  /** Opens the file anew; what a lost one still held is to be written into it, and `settle` then called. Throws PlainError. */
  reopen(): Salvage | null {
    const loss = this.#loss();
    const salvage = loss === undefined ? null : { loss, events: readableEvents(this.#database) };
    try {
      this.#database.close();
    } catch {
      // What it still had to do at the end failed as well; the new handle looks at what is there.
    }
    if (salvage !== null) {
      this.#lock?.close();
      this.#lock = lockShelfFile(this.#path);
    }
    this.#database = openSoundFile(this.#path, this.#root, this.#lock, this.#onTrouble);
    return salvage;
  }

  /** What the kernel dropped after a failed fsync may still stand in its cache: written anew, it is on the disk or an error. */
  settle(): void {
    this.emptyLog();
    this.#lookAnew();
  }

  /** Empties the write-ahead log into the file itself. */
  emptyLog(): void {
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#files?.noteCut();
  }

  close(): void {
    this.#database.close();
    this.#lock?.close();
  }

  #lookAnew(): void {
    this.#files = this.#lock === undefined ? undefined : new ShelfFiles(this.#path);
  }

  #loss(): string | undefined {
    try {
      this.check();
      return undefined;
    } catch (error) {
      if (error instanceof LostFileError) return error.message;
      throw error;
    }
  }
}

/** Whether SQLite itself holds that nothing stands in the write-ahead log; a log that was cut under it cannot be read. */
function isLogEmpty(database: DatabaseSync): boolean {
  try {
    return database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get()?.['log'] === 0;
  } catch {
    return false;
  }
}
