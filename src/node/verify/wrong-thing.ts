import { faultsEnglish } from '../../i18n/faults-en.ts';
import { Fault, type FaultFacts } from '../../log/published/fault.ts';
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

/** A fault in words; `nameOf` says how a person finds the file. */
export function wrongThing({ code, file, line, detail }: FaultFacts, nameOf = (path: string) => path): WrongThing {
  return new WrongThing(nameOf(file), faultsEnglish[code](detail), line);
}

/** Faults that `checking` ends in become wrong things. */
export async function orWrongThing<Found>(
  checking: Promise<Found> | (() => Found),
  nameOf?: (path: string) => string,
): Promise<Found> {
  try {
    return typeof checking === 'function' ? checking() : await checking;
  } catch (error) {
    throw error instanceof Fault ? wrongThing(error, nameOf) : error;
  }
}
