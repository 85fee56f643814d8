import type { SignedEvent } from '../../model/event.ts';
import type { Damage, StoreMode } from './damage.ts';

/** One author's chain: a device key and a `d` tag. */
export interface Chain {
  readonly pubkey: string;
  readonly d: string;
}

/** The end of a chain: position and id of its last event; `{ s: 0, id: null }` when there is none. */
export interface Tip {
  readonly s: number;
  readonly id: string | null;
}

/** News of a write by someone else: ids to read again, or receipts noted. */
export type StoreChange =
  | { readonly type: 'events'; readonly ids: readonly string[] }
  | { readonly type: 'receipts'; readonly relay: string; readonly ids: readonly string[]; readonly held: boolean };

/**
 * A device's copy of the log: IndexedDB, SQLite or memory, all under one contract suite.
 * Only verified events go in; on reading, the id is computed again and an event that no longer fits is left out and named.
 */
export interface LogStore {
  /**
   * Allocates the chain position, lets `build` sign (synchronously) and stores: one strict transaction.
   * Resolves only after the commit. Concurrent calls, also from another tab, get different positions.
   */
  append(chain: Chain, build: (tip: Tip) => SignedEvent): Promise<SignedEvent>;
  /**
   * Adds verified events; resolves after the commit with those that were new, in the order given.
   * A whole event takes the place of its stub, and is not new. Of an addressable kind only the newest per author and `d` is kept (higher created_at, then lower id).
   */
  put(events: readonly SignedEvent[]): Promise<readonly SignedEvent[]>;
  /** Puts stubs in the place of purged events; when it resolves, their content is gone from what this copy is kept in. */
  purge(stubs: readonly SignedEvent[]): Promise<void>;
  /** Every held event, regular and addressable, in no particular order. */
  all(): Promise<readonly SignedEvent[]>;
  get(ids: readonly string[]): Promise<readonly SignedEvent[]>;
  /** Notes that `relay` (its URL) has stored these events. */
  addReceipts(relay: string, ids: readonly string[]): Promise<void>;
  /** Takes receipts back: `relay` was seen to hold these events no longer. */
  dropReceipts(relay: string, ids: readonly string[]): Promise<void>;
  /** Relays that are known to hold each event. */
  receipts(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** What is wrong with this copy; empty when nothing is. `known`: how many regular events the caller knows to be stored. */
  damage(known?: number): Promise<readonly Damage[]>;
  /** Where it is kept now: whether a write outlives the process. */
  mode(): StoreMode;
  /** Tells what another tab wrote into the same copy; the returned function ends that. */
  onForeignChange(listener: (change: StoreChange) => void): () => void;
  close(): Promise<void>;
}
