import { closeSync, existsSync, fsyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';

/** Events that shape the roster, one a line, only ever added to; several processes may share the file. */
export class RosterFile {
  readonly #path: string;
  #read = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whole lines that this process has not seen yet; a line that a kill cut off is none. */
  news(): readonly string[] {
    if (!existsSync(this.#path)) return [];
    const size = statSync(this.#path).size;
    // Somebody began it anew.
    if (size < this.#read) this.#read = 0;
    if (size === this.#read) return [];
    const bytes = Buffer.alloc(size - this.#read);
    const file = openSync(this.#path, 'r');
    try {
      readSync(file, bytes, 0, bytes.length, this.#read);
    } finally {
      closeSync(file);
    }
    const end = bytes.lastIndexOf('\n') + 1;
    this.#read += end;
    return bytes.toString('utf8', 0, end).split('\n').filter(Boolean);
  }

  /** On the disk when this returns. It begins with a line end, so that it never grows onto a line that was cut off. */
  add(line: string): void {
    const file = openSync(this.#path, 'a');
    try {
      writeSync(file, `\n${line}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}
