import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { organisation, previousId, type SignedEvent } from '../../model/event.ts';
import { isAddressable } from '../../model/kind-sets.ts';
import { isPurgeable } from '../../model/purge.ts';
import type { Filter } from './filter.ts';
import type { Outcome, Shelf } from './shelf.ts';
import { isFull } from './shelf-error.ts';
import { ShelfHandle } from './shelf-handle.ts';
import { queryOf } from './shelf-query.ts';
import { type DamagedRow, ShelfRows } from './shelf-rows.ts';
import { dOf, isNewer, type RawRow, type StoredRow } from './stored-row.ts';

/** Hears what the shelf survived. */
export interface ShelfNews {
  /** One plain sentence, without its full stop. */
  onTrouble(sentence: string): void;
  /** These ids are not held any more. */
  onDamage(damaged: readonly DamagedRow[]): void;
}

/**
 * A shelf in SQLite; a put returns when all is on the disk. Verified events go in; on the way out their id is computed
 * again, and a row that is no longer what was stored goes into quarantine, so that whoever holds a copy fills it in again.
 */
export class SqliteShelf implements Shelf {
  readonly #root: string;
  readonly #news: ShelfNews;
  readonly #file: ShelfHandle;
  #rows: ShelfRows;
  #statements: Record<'byId' | 'current' | 'followers', StatementSync>;

  /** Opens or makes the file (`:memory:` for none). Throws PlainError. */
  constructor(path: string, root: string, news: ShelfNews) {
    [this.#root, this.#news] = [root, news];
    this.#file = new ShelfHandle(path, root, news.onTrouble);
    [this.#rows, this.#statements] = prepare(this.#file.database);
  }

  check(): void {
    this.#file.check();
  }

  reopen(): void {
    const salvage = this.#file.reopen();
    [this.#rows, this.#statements] = prepare(this.#file.database);
    if (salvage !== null) {
      const { loss, events } = salvage;
      this.#atomic(() => events.map((event) => this.#putOne(event)));
      this.#news.onTrouble(
        `${loss} while the relay ran; ${events.length} events that could still be read were written anew, and devices send the rest again`,
      );
    }
    this.#file.settle();
  }

  put(events: readonly SignedEvent[]): readonly Outcome[] {
    this.check();
    const outcomes = this.#atomic(() => events.map((event) => this.#putOne(event)));
    this.check();
    return outcomes;
  }

  has(id: string): boolean {
    return this.#statements.byId.get(id) !== undefined;
  }

  purge(ids: ReadonlySet<string>): readonly string[] {
    const dropped = this.#atomic(() => [...ids].filter((id) => this.#purgeOne(id)));
    // With secure_delete the old bytes are overwritten in the file; the write-ahead log has them until it is emptied.
    if (dropped.length > 0) this.#file.emptyLog();
    return dropped;
  }

  follows({ id, pubkey }: SignedEvent): boolean {
    const rows = this.#sound(this.#statements.followers.all(pubkey, id));
    return rows.some(({ event }) => previousId(event) === id);
  }

  find(filter: Filter, most: number): readonly StoredRow[] {
    const query = queryOf(filter, organisation(this.#root));
    if (query === undefined) return [];
    const sql = `SELECT row, id, json, sum FROM event ${query.where} ORDER BY created_at DESC, id ASC LIMIT ?`;
    const limit = Math.min(filter.limit ?? most, most);
    return this.#sound(this.#file.database.prepare(sql).all(...query.values, limit));
  }

  all(): readonly StoredRow[] {
    return this.#sound(this.#file.database.prepare('SELECT * FROM event').all(), true);
  }

  idsMatching(filter: Filter): readonly { readonly id: string; readonly created_at: number }[] {
    const query = queryOf(filter, organisation(this.#root));
    if (query === undefined) return [];
    const rows = this.#file.database.prepare(`SELECT id, created_at FROM event ${query.where}`).all(...query.values);
    return rows.map((row) => ({ id: String(row['id']), created_at: Number(row['created_at']) }));
  }

  get size(): number {
    return Number(this.#file.database.prepare('SELECT count(*) AS n FROM event').get()?.['n']);
  }

  get quarantined(): number {
    return Number(this.#file.database.prepare('SELECT count(*) AS n FROM quarantine').get()?.['n']);
  }

  close(): void {
    this.#file.close();
  }

  #purgeOne(id: string): boolean {
    const wasAside = this.#rows.forgetAside(id);
    const rows = this.#sound(this.#file.database.prepare('SELECT row, id, json, sum FROM event WHERE id = ?').all(id));
    const dropped = rows.filter(({ event }) => isPurgeable(event));
    for (const row of dropped) this.#rows.remove(row);
    return wasAside || dropped.length > 0;
  }

  #putOne(event: SignedEvent): Outcome {
    if (this.has(event.id)) return 'duplicate';
    if (isAddressable(event.kind)) {
      for (const old of this.#sound(this.#statements.current.all(event.pubkey, event.kind, dOf(event)))) {
        if (!isNewer(event, old.event)) return 'replaced';
        this.#rows.remove(old);
      }
    }
    this.#rows.insert(event);
    return 'stored';
  }

  /** Damaged rows leave what is served in one transaction, and are named once. */
  #sound(raw: readonly RawRow[], whole = false): readonly StoredRow[] {
    const { sound, damaged } = this.#rows.sort(raw, whole);
    if (damaged.length > 0) {
      this.#news.onDamage(this.#putAside(damaged));
    }
    return sound;
  }

  /** Where the disk is full they stay where they are, not served, until they are read again: reading goes on. */
  #putAside(damaged: readonly (readonly [RawRow, string])[]): readonly DamagedRow[] {
    try {
      return this.#atomic(() => damaged.map(([row, reason]) => this.#rows.quarantine(row, reason)));
    } catch (error) {
      if (!isFull(error)) throw error;
      return damaged.map(([{ id }, reason]) => ({ id: String(id), reason }));
    }
  }

  #atomic<Result>(task: () => Result): Result {
    const { database } = this.#file;
    if (database.isTransaction) return task();
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = task();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite may have rolled back by itself (a full disk).
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}

function prepare(database: DatabaseSync): [ShelfRows, Record<'byId' | 'current' | 'followers', StatementSync>] {
  const followers = `SELECT row, id, json, sum FROM event WHERE pubkey = ? AND row IN (
    SELECT row FROM tag WHERE name = 'e' AND value = ?)`;
  const statements = {
    byId: database.prepare('SELECT 1 FROM event WHERE id = ?'),
    current: database.prepare('SELECT row, id, json, sum FROM event WHERE pubkey = ? AND kind = ? AND d = ?'),
    followers: database.prepare(followers),
  };
  return [new ShelfRows(database), statements];
}
