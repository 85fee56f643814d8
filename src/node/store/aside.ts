import { rmSync } from 'node:fs';

/** The files that SQLite keeps beside a database; each belongs to exactly one. */
export const COMPANIONS = ['-wal', '-shm'];

/** Where a damaged file goes, so that nobody loses what an expert may still read out of it. */
export function asideOf(path: string): string {
  return `${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
}

export function discardDatabase(path: string): void {
  for (const suffix of ['', ...COMPANIONS]) rmSync(path + suffix, { force: true });
}

/** The damage is known and named already; here only what still works counts. */
export function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
