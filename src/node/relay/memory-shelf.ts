import { slotOf } from '../../log/store/slot.ts';
import { previousId, type SignedEvent } from '../../model/event.ts';
import { isAddressable } from '../../model/kind-sets.ts';
import { isPurgeable } from '../../model/purge.ts';
import { type Filter, matches } from './filter.ts';
import type { Outcome, Shelf } from './shelf.ts';
import { isNewer, type StoredRow } from './stored-row.ts';

/** A shelf that lives as long as the process: for the simulator and for tests. */
export class MemoryShelf implements Shelf {
  #rows = new Map<string, StoredRow>();
  #nextRow = 1;

  put(events: readonly SignedEvent[]): readonly Outcome[] {
    const before = new Map(this.#rows);
    try {
      return events.map((event) => this.#putOne(event));
    } catch (error) {
      this.#rows = before;
      throw error;
    }
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  purge(ids: ReadonlySet<string>): readonly string[] {
    const dropped = this.all().filter(({ id, event }) => ids.has(id) && isPurgeable(event));
    for (const { id } of dropped) this.#rows.delete(id);
    return dropped.map(({ id }) => id);
  }

  follows({ id, pubkey }: SignedEvent): boolean {
    return this.all().some(({ event }) => event.pubkey === pubkey && previousId(event) === id);
  }

  find(filter: Filter, most: number): readonly StoredRow[] {
    return this.all()
      .filter(({ event }) => matches(filter, event))
      .sort((a, b) => b.event.created_at - a.event.created_at || (a.id < b.id ? -1 : 1))
      .slice(0, Math.min(filter.limit ?? most, most));
  }

  all(): readonly StoredRow[] {
    return [...this.#rows.values()];
  }

  idsMatching(filter: Filter): readonly { readonly id: string; readonly created_at: number }[] {
    const found = this.all().filter(({ event }) => matches(filter, event));
    return found.map(({ id, event }) => ({ id, created_at: event.created_at }));
  }

  get size(): number {
    return this.#rows.size;
  }

  readonly quarantined = 0;

  check(): void {
    // Memory has no files to lose.
  }

  reopen(): void {
    // Memory has no handles to lose.
  }

  close(): void {
    this.#rows.clear();
  }

  #putOne(event: SignedEvent): Outcome {
    if (this.#rows.has(event.id)) return 'duplicate';
    if (isAddressable(event.kind)) {
      const old = this.all().find((row) => slotOf(row.event) === slotOf(event));
      if (old !== undefined && !isNewer(event, old.event)) return 'replaced';
      if (old !== undefined) this.#rows.delete(old.id);
    }
    const row = { row: this.#nextRow++, id: event.id, json: JSON.stringify(event), event };
    this.#rows.set(event.id, row);
    return 'stored';
  }
}
