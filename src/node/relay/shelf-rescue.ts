import { existsSync, renameSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SignedEvent } from '../../model/event.ts';
import { asideOf, attempt, COMPANIONS, discardDatabase } from '../store/aside.ts';
import { openShelfFile } from './shelf-file.ts';
import { ShelfRows } from './shelf-rows.ts';
import { readWholeRow } from './stored-row.ts';

/** No row of an event is smaller than this. */
const LEAST_ROW_BYTES = 300;

/**
 * Puts a damaged database aside and begins a new one with every event that can still be read out of it. Returns where
 * the damaged one is now, and how many events were saved. A kill at any moment leaves either file whole.
 */
export function rescueShelfFile(path: string, root: string): { aside: string; saved: number } {
  const fresh = `${path}.rescue`;
  discardDatabase(fresh);
  const saved = salvage(path, fresh, root);
  const aside = asideOf(path);
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
  for (const raw of rowsIn(path)) {
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

/** What an open handle still gives of a file that was taken away under it. */
export function readableEvents(database: DatabaseSync): readonly SignedEvent[] {
  const rows = attempt(() => [...readableRows(database, lastRow(database) ?? 0)]) ?? [];
  return rows.map(readWholeRow).filter((event) => typeof event !== 'string');
}

function* rowsIn(path: string): Generator<Record<string, unknown>> {
  let damaged: DatabaseSync | undefined;
  try {
    damaged = new DatabaseSync(path);
    yield* readableRows(damaged, lastRow(damaged) ?? Math.ceil(statSync(path).size / LEAST_ROW_BYTES));
  } catch {
    // It cannot even be opened: there is nothing to read.
  } finally {
    attempt(() => damaged?.close());
  }
}

function* readableRows(database: DatabaseSync, last: number): Generator<Record<string, unknown>> {
  const one = database.prepare('SELECT * FROM event NOT INDEXED WHERE row = ?');
  for (let row = 1; row <= last; row++) {
    const raw = attempt(() => one.get(row));
    if (raw !== undefined) yield raw;
  }
}

function lastRow(database: DatabaseSync): number | undefined {
  const last = attempt(() => database.prepare('SELECT max(row) AS last FROM event').get()?.['last']);
  return typeof last === 'number' ? last : undefined;
}
