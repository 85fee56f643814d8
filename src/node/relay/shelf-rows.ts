import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SignedEvent } from '../../model/event.ts';
import { dOf, indexedTags, type RawRow, readRow, readWholeRow, type StoredRow, sumOf } from './stored-row.ts';

const INSERT = 'INSERT INTO event (id, pubkey, kind, created_at, d, json, sum) VALUES (?, ?, ?, ?, ?, ?, ?)';

/** A row that is no longer what was stored. */
export interface DamagedRow {
  readonly id: string;
  readonly reason: string;
}

/** Writes and checks rows of an open database. */
export class ShelfRows {
  readonly #statements: Record<
    'insert' | 'insertTag' | 'remove' | 'removeTag' | 'removeTags' | 'putAside' | 'forgetAside',
    StatementSync
  >;

  constructor(database: DatabaseSync) {
    this.#statements = {
      insert: database.prepare(INSERT),
      insertTag: database.prepare('INSERT OR IGNORE INTO tag VALUES (?, ?, ?)'),
      remove: database.prepare('DELETE FROM event WHERE row = ?'),
      removeTag: database.prepare('DELETE FROM tag WHERE name = ? AND value = ? AND row = ?'),
      removeTags: database.prepare('DELETE FROM tag WHERE row = ?'),
      forgetAside: database.prepare('DELETE FROM quarantine WHERE id = ?'),
      putAside: database.prepare('INSERT INTO quarantine VALUES (?, ?, ?, ?)'),
    };
  }

  insert(event: SignedEvent): void {
    const json = JSON.stringify(event);
    const { id, pubkey, kind, created_at } = event;
    const row = this.#statements.insert.run(
      id,
      pubkey,
      kind,
      created_at,
      dOf(event),
      json,
      sumOf(json),
    ).lastInsertRowid;
    for (const [name, value] of indexedTags(event)) this.#statements.insertTag.run(name, value, row);
  }

  remove({ row, event }: StoredRow): void {
    for (const [name, value] of indexedTags(event)) this.#statements.removeTag.run(name, value, row);
    this.#statements.remove.run(row);
  }

  /** Takes a row out of what is served and keeps it for whoever wants to know what happened to it. */
  quarantine({ row, id, json }: RawRow, reason: string): DamagedRow {
    this.putAside(String(id), String(json), reason);
    // What it was found by cannot be told from its text any more.
    this.#statements.removeTags.run(Number(row));
    this.#statements.remove.run(Number(row));
    return { id: String(id), reason };
  }

  /** A damaged copy of what is purged goes as well. False: there was none. */
  forgetAside(id: string): boolean {
    return this.#statements.forgetAside.run(id).changes > 0;
  }

  putAside(id: string, json: string, reason: string): void {
    this.#statements.putAside.run(id, json, reason, new Date().toISOString());
  }

  /** Parts sound rows from damaged ones. `whole`: the columns were selected too. */
  sort(
    rows: readonly RawRow[],
    whole = false,
  ): { sound: StoredRow[]; damaged: readonly (readonly [RawRow, string])[] } {
    const sound: StoredRow[] = [];
    const damaged: (readonly [RawRow, string])[] = [];
    for (const raw of rows) {
      const event = whole ? readWholeRow(raw) : readRow(raw);
      if (typeof event === 'string') damaged.push([raw, event]);
      else sound.push({ row: Number(raw['row']), id: event.id, json: String(raw['json']), event });
    }
    return { sound, damaged };
  }
}
