import type { SignedEvent } from '../../model/event.ts';
import type { Filter } from './filter.ts';
import type { StoredRow } from './stored-row.ts';

/** What became of an event; `replaced`: a newer event of its addressable chain is stored. */
export type Outcome = 'stored' | 'duplicate' | 'replaced';

/** What one relay keeps: verified events of one organisation. SQLite or memory, under one contract suite. */
export interface Shelf {
  /** All or nothing: when this returns, all is where the shelf keeps it. Throws when it is not: then nothing is. */
  put(events: readonly SignedEvent[]): readonly Outcome[];
  has(id: string): boolean;
  /** Drops messages, updates and requests for ever, and from the files; never a statement or a key. Returns the ids that were there. */
  purge(ids: ReadonlySet<string>): readonly string[];
  /** Whether a stored event of the same author names this one as its previous. */
  follows(event: SignedEvent): boolean;
  /** At most `most` (or what the filter itself limits to), newest first, then lowest id. */
  find(filter: Filter, most: number): readonly StoredRow[];
  /** Every event that is still what was stored. */
  all(): readonly StoredRow[];
  /** For a reconciliation: ids and times alone. */
  idsMatching(filter: Filter): readonly { readonly id: string; readonly created_at: number }[];
  readonly size: number;
  /** Rows that were damaged and are not served. */
  readonly quarantined: number;
  /** Throws where what was acknowledged would not be found at the next start: its files were removed, replaced or cut short. */
  check(): void;
  /** After that, or a write that failed half-way: drops all handles and looks at what is really there. Throws when it cannot. */
  reopen(): void;
  close(): void;
}
