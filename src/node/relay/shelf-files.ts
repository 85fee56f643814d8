import { statSync } from 'node:fs';
import { LostFileError } from './shelf-error.ts';

const SUFFIXES = ['', '-wal', '-shm', '-lock'] as const;

interface Seen {
  readonly file: string;
  /** Device and inode; undefined where there was no such file. */
  readonly identity: string | undefined;
  size: number;
}

/**
 * The files that a relay has open, as they lay at their paths. Whoever deletes or replaces one leaves SQLite writing into
 * a file without a name, and a write-ahead log that was cut short fills up again around a hole: no call fails at that.
 */
export class ShelfFiles {
  readonly #seen: readonly Seen[];

  constructor(path: string) {
    this.#seen = SUFFIXES.map((suffix) => ({ file: path + suffix, ...look(path + suffix) }));
  }

  /**
   * A few microseconds. Throws LostFileError where a path leads to another file, or its file became shorter, but for a
   * log that another program, such as a backup, emptied in order: `isLogEmpty` is asked then.
   */
  check(isLogEmpty: () => boolean): void {
    for (const seen of this.#seen) {
      const { identity, size } = look(seen.file);
      if (identity !== seen.identity) throw new LostFileError(`${seen.file} was removed or replaced`);
      if (size < seen.size && !(seen.file.endsWith('-wal') && isLogEmpty()))
        throw new LostFileError(`${seen.file} was cut short`);
      seen.size = size;
    }
  }

  /** The shelf itself emptied its write-ahead log. */
  noteCut(): void {
    for (const seen of this.#seen) seen.size = 0;
  }
}

function look(file: string): Omit<Seen, 'file'> {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined
    ? { identity: undefined, size: 0 }
    : { identity: `${found.dev}:${found.ino}`, size: found.size };
}
