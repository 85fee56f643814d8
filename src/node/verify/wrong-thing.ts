import { PlainError } from '../plain-error.ts';

/** The first wrong thing: in which file, on which line (from 1) where it has lines, and what. */
export class WrongThing extends PlainError {
  override readonly name: string = 'WrongThing';
  readonly file: string;
  readonly line: number | null;
  readonly what: string;

  /** `what` without the full stop, e.g. `its signature does not verify`. */
  constructor(file: string, what: string, line: number | null = null) {
    super(`${file}${line === null ? '' : ` line ${line}`}: ${what}.`, 1);
    this.file = file;
    this.line = line;
    this.what = what;
  }
}
