import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A small patch that breaks one promise, and the tests that must notice. */
export interface Defect {
  readonly name: string;
  /** The defect in a sentence. */
  readonly what: string;
  readonly patch: string;
  /** Paths from the project's root. */
  readonly tests: readonly string[];
}

const FOLDER = join(import.meta.dirname, 'patches');

/** All seeded defects by name. Throws a sentence where a patch does not say what it is. */
export function readDefects(): readonly Defect[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.patch'));
  return names.sort().map((name) => readDefect(join(FOLDER, name)));
}

function readDefect(patch: string): Defect {
  const text = readFileSync(patch, 'utf8');
  const what = /^What: (.+)$/m.exec(text)?.[1];
  const tests = /^Tests: (.+)$/m.exec(text)?.[1];
  if (what === undefined || tests === undefined) {
    throw new Error(`${patch} needs two lines on top: "What: <a sentence>" and "Tests: <paths>".`);
  }
  return { name: basename(patch, '.patch'), what, patch, tests: tests.split(' ') };
}
