import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { asideOf, attempt, COMPANIONS, discardDatabase } from './aside.ts';
import { openDatabase } from './open-database.ts';
import { createRows, parseSound } from './rows.ts';

/** Four hex digits: some 65,000 narrow readings at most, a second where nothing at all can be read. */
const NARROWEST = 4;

/**
 * Begins a new database with every event that can still be read out of the damaged one, of which a copy is kept. Returns
 * where that is, and how many events were carried over. The new one takes the name in one step, whenever this is killed.
 */
export function rescueDatabase(path: string): { aside: string; saved: number } {
  const fresh = `${path}.rescue-${process.pid}`;
  discardDatabase(fresh);
  const saved = salvage(path, fresh);
  const aside = asideOf(path);
  for (const suffix of ['', '-wal']) if (existsSync(path + suffix)) copyFileSync(path + suffix, aside + suffix);
  for (const suffix of COMPANIONS) rmSync(path + suffix, { force: true });
  renameSync(fresh, path);
  return { aside, saved };
}

function salvage(path: string, into: string): number {
  const fresh = openDatabase(into);
  const rows = createRows(fresh);
  const receipt = fresh.prepare('INSERT OR IGNORE INTO receipts (id, relay) VALUES (?, ?)');
  let saved = 0;
  fresh.exec('BEGIN');
  const damaged = attempt(() => new DatabaseSync(path, { defensive: false }));
  if (damaged !== undefined) {
    // A table can be read although the words that made another one are broken.
    attempt(() => damaged.exec('PRAGMA writable_schema = ON'));
    for (const text of readableTexts(damaged)) {
      const event = parseSound(text);
      if (event !== undefined) saved += rows.add([event]).length;
    }
    // Receipts that cannot be read cost a comparison with the relay, no more.
    attempt(() => {
      for (const { id, relay } of damaged.prepare('SELECT id, relay FROM receipts').iterate())
        receipt.run(String(id), String(relay));
    });
    attempt(() => damaged.close());
  }
  fresh.exec('COMMIT');
  fresh.close();
  return saved;
}

/** Where a page is broken, the ids are read in ever narrower parts, so that only those of that page are lost. */
function* readableTexts(database: DatabaseSync): Generator<unknown> {
  // "g" comes after every hex digit.
  const between = attempt(() => database.prepare('SELECT event FROM events WHERE id >= ? AND id < ?'));
  const prefixes = between === undefined ? [] : [''];
  for (let prefix = prefixes.pop(); prefix !== undefined; prefix = prefixes.pop()) {
    const [low, high] = [prefix, `${prefix}g`];
    const part = attempt(() => between?.all(low, high));
    if (part !== undefined) yield* part.map(({ event }) => event);
    else if (low.length < NARROWEST) prefixes.push(...[...'0123456789abcdef'].map((digit) => low + digit));
  }
}
