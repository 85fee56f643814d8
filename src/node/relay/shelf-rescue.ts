import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { openShelfFile } from './shelf-file.ts';
import { ShelfRows } from './shelf-rows.ts';
import { readWholeRow } from './stored-row.ts';

const COMPANIONS = ['-wal', '-shm'];
/** No row of an event is smaller than this. */
const LEAST_ROW_BYTES = 300;

/**
 * Puts a damaged database aside and begins a new one with every event that can still be read out of it. Returns where
 * the damaged one is now, and how many events were saved. A kill at any moment leaves either file whole.
 */
export function rescueShelfFile(path: string, root: string): { aside: string; saved: number } {
  const fresh = `${path}.rescue`;
  discard(fresh);
  const saved = salvage(path, fresh, root);
  const aside = `${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  for (const suffix of ['', ...COMPANIONS]) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  renameSync(fresh, path);
  return { aside, saved };
}

/** Ends a rescue that a kill interrupted after the damaged file was moved: the new one was complete by then. */
export function finishRescue(path: string): void {
  if (!existsSync(path) && existsSync(`${path}.rescue`)) renameSync(`${path}.rescue`, path);
}

/** Copies what is sound, row by row: a page that cannot be read takes only its own rows along. */
function salvage(path: string, into: string, root: string): number {
  const fresh = openShelfFile(into, root);
  const rows = new ShelfRows(fresh);
  let saved = 0;
  fresh.exec('BEGIN');
  for (const raw of readableRows(path)) {
    const event = readWholeRow(raw);
    const id = String(raw['id']);
    if (typeof event === 'string') rows.putAside(id, String(raw['json']), event);
    else if (fresh.prepare('SELECT 1 FROM event WHERE id = ?').get(id) === undefined) {
      rows.insert(event);
      saved++;
    }
  }
  fresh.exec('COMMIT');
  fresh.close();
  return saved;
}

function* readableRows(path: string): Generator<Record<string, unknown>> {
  let damaged: DatabaseSync | undefined;
  try {
    damaged = new DatabaseSync(path);
    const one = damaged.prepare('SELECT * FROM event NOT INDEXED WHERE row = ?');
    const last = lastRow(damaged) ?? Math.ceil(statSync(path).size / LEAST_ROW_BYTES);
    for (let row = 1; row <= last; row++) {
      const raw = attempt(() => one.get(row));
      if (raw !== undefined) yield raw;
    }
  } catch {
    // It cannot even be opened: there is nothing to read.
  } finally {
    attempt(() => damaged?.close());
  }
}

function lastRow(database: DatabaseSync): number | undefined {
  const last = attempt(() => database.prepare('SELECT max(row) AS last FROM event').get()?.['last']);
  return typeof last === 'number' ? last : undefined;
}

/** The damage is known and named already; here only what still works counts. */
function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function discard(path: string): void {
  for (const suffix of ['', ...COMPANIONS]) rmSync(path + suffix, { force: true });
}
