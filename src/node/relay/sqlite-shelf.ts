import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isAddressable, organisation, previousId, type SignedEvent, tagValue } from '../../model/event.ts';
import type { Filter } from './filter.ts';
import type { Outcome, Shelf } from './shelf.ts';
import { lockShelfFile, openShelfFile } from './shelf-file.ts';
import { queryOf } from './shelf-query.ts';
import { indexedTags, intactEvent, isNewer, type StoredRow } from './stored-row.ts';

/**
 * A shelf in SQLite; a put returns when all is on the disk. Verified events go in; on the way out their id is computed again, and a row that is
 * no longer what was stored is named to `onDamage` and removed, so that whoever holds a copy fills it in again.
 */
export class SqliteShelf implements Shelf {
  readonly #org: string;
  readonly #onDamage: (id: string) => void;
  readonly #lock: DatabaseSync | undefined;
  readonly #database: DatabaseSync;
  readonly #statements: Record<
    'insert' | 'insertTag' | 'byId' | 'current' | 'followers' | 'remove' | 'removeTag',
    StatementSync
  >;

  /** Opens or makes the file (`:memory:` for none). Throws PlainError. */
  constructor(path: string, root: string, onDamage: (id: string) => void) {
    this.#org = organisation(root);
    this.#onDamage = onDamage;
    this.#lock = lockShelfFile(path);
    this.#database = openShelfFile(path, root);
    const prepare = (sql: string) => this.#database.prepare(sql);
    this.#statements = {
      insert: prepare('INSERT INTO event (id, pubkey, kind, created_at, d, json) VALUES (?, ?, ?, ?, ?, ?)'),
      insertTag: prepare('INSERT OR IGNORE INTO tag VALUES (?, ?, ?)'),
      byId: prepare('SELECT 1 FROM event WHERE id = ?'),
      current: prepare('SELECT row, id, json FROM event WHERE pubkey = ? AND kind = ? AND d = ?'),
      followers: prepare(`SELECT row, id, json FROM event WHERE pubkey = ? AND row IN (
        SELECT row FROM tag WHERE name = 'e' AND value = ?)`),
      remove: prepare('DELETE FROM event WHERE row = ?'),
      removeTag: prepare('DELETE FROM tag WHERE name = ? AND value = ? AND row = ?'),
    };
  }

  put(events: readonly SignedEvent[]): readonly Outcome[] {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const outcomes = events.map((event) => this.#putOne(event));
      this.#database.exec('COMMIT');
      return outcomes;
    } catch (error) {
      // SQLite may have rolled back by itself (a full disk).
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  has(id: string): boolean {
    return this.#statements.byId.get(id) !== undefined;
  }

  follows({ id, pubkey }: SignedEvent): boolean {
    const rows = this.#intact(this.#statements.followers.all(pubkey, id));
    return rows.some(({ event }) => previousId(event) === id);
  }

  find(filter: Filter, most: number): readonly StoredRow[] {
    const query = queryOf(filter, this.#org);
    if (query === undefined) return [];
    const sql = `SELECT row, id, json FROM event ${query.where} ORDER BY created_at DESC, id ASC LIMIT ?`;
    const limit = Math.min(filter.limit ?? most, most);
    return this.#intact(this.#database.prepare(sql).all(...query.values, limit));
  }

  all(): readonly StoredRow[] {
    return this.#intact(this.#database.prepare('SELECT row, id, json FROM event').all());
  }

  idsMatching(filter: Filter): readonly { readonly id: string; readonly created_at: number }[] {
    const query = queryOf(filter, this.#org);
    if (query === undefined) return [];
    const rows = this.#database.prepare(`SELECT id, created_at FROM event ${query.where}`).all(...query.values);
    return rows.map((row) => ({ id: String(row['id']), created_at: Number(row['created_at']) }));
  }

  get size(): number {
    return Number(this.#database.prepare('SELECT count(*) AS n FROM event').get()?.['n']);
  }

  close(): void {
    this.#database.close();
    this.#lock?.close();
  }

  #putOne(event: SignedEvent): Outcome {
    if (this.has(event.id)) return 'duplicate';
    const d = tagValue(event, 'd') ?? '';
    if (isAddressable(event.kind)) {
      for (const old of this.#intact(this.#statements.current.all(event.pubkey, event.kind, d))) {
        if (!isNewer(event, old.event)) return 'replaced';
        this.#remove(old);
      }
    }
    const { insert, insertTag } = this.#statements;
    const json = JSON.stringify(event);
    const row = insert.run(event.id, event.pubkey, event.kind, event.created_at, d, json).lastInsertRowid;
    for (const [name, value] of indexedTags(event)) insertTag.run(name, value, row);
    return 'stored';
  }

  #remove({ row, event }: StoredRow): void {
    for (const [name, value] of indexedTags(event)) this.#statements.removeTag.run(name, value, row);
    this.#statements.remove.run(row);
  }

  #intact(rows: readonly Record<string, unknown>[]): StoredRow[] {
    const intact: StoredRow[] = [];
    for (const { row, id, json } of rows) {
      const event = intactEvent(String(id), String(json));
      if (event !== undefined) {
        intact.push({ row: Number(row), id: event.id, json: String(json), event });
        continue;
      }
      this.#statements.remove.run(Number(row));
      this.#onDamage(String(id));
    }
    return intact;
  }
}
