import type { Verified } from '../../log/event.ts';
import { createIndex, type NegentropyIndex } from '../../log/negentropy/negentropy.ts';
import { organisation, type SignedEvent } from '../../model/event.ts';
import { OPEN_KINDS, SEALED_KINDS } from '../../model/kind-sets.ts';
import { foldRoster, type Roster } from '../../model/roster.ts';
import type { Bucket } from './bucket.ts';
import type { Filter } from './filter.ts';
import type { Answer } from './frame.ts';
import type { Limits } from './limits.ts';
import { Orphans } from './orphans.ts';
import { foldStored, shapesRoster } from './relay-roster.ts';
import type { Outcome, Shelf } from './shelf.ts';

/** What happens to the relay. Times come beside it, as Unix milliseconds. */
export type Input =
  /** `host`: names under which the client may have reached us (NIP-42). */
  | {
      readonly type: 'opened';
      readonly connection: number;
      readonly address: string;
      readonly challenge: string;
      readonly hosts: readonly string[];
    }
  | { readonly type: 'frame'; readonly connection: number; readonly text: string }
  | { readonly type: 'closed'; readonly connection: number }
  /** One event over HTTP; `connection` is a number that gets the verdict and nothing else. */
  | { readonly type: 'posted'; readonly connection: number; readonly address: string; readonly value: unknown }
  /** One proof over HTTP (NIP-98); `connection` gets an OK when its signature verifies. */
  | { readonly type: 'shown'; readonly connection: number; readonly address: string; readonly value: unknown }
  | { readonly type: 'verified'; readonly ticket: number; readonly verified: Verified }
  /** Committed, in the order of the `store` outputs. */
  | { readonly type: 'stored'; readonly results: readonly { readonly event: SignedEvent; readonly outcome: Outcome }[] }
  | { readonly type: 'not-stored'; readonly events: readonly SignedEvent[]; readonly reason: string };

/** What the relay wants done. */
export type Output =
  | { readonly type: 'send'; readonly connection: number; readonly text: string }
  /** `event` has the form of one: what nests without end could not even be copied to the verifying thread. */
  | { readonly type: 'verify'; readonly ticket: number; readonly event: SignedEvent; readonly org?: string }
  | { readonly type: 'store'; readonly event: SignedEvent }
  | { readonly type: 'close'; readonly connection: number; readonly reason: string };

export interface Connection {
  readonly id: number;
  readonly address: string;
  readonly challenge: string;
  readonly hosts: readonly string[];
  /** Device keys that proved themselves by AUTH. */
  readonly devices: Set<string>;
  readonly subscriptions: Map<string, readonly Filter[]>;
  readonly reconciliations: Map<string, { readonly filter: Filter; readonly index: NegentropyIndex }>;
}

/** A signature being checked, and for whom. */
export interface Ticket {
  readonly connection: number;
  readonly purpose: 'event' | 'auth' | 'proof';
  readonly id: string;
}

export interface RelayState {
  readonly root: string;
  readonly org: string;
  readonly limits: Limits;
  readonly shelf: Shelf;
  readonly connections: Map<number, Connection>;
  readonly buckets: Map<string, Bucket>;
  readonly tickets: Map<number, Ticket>;
  nextTicket: number;
  /** Accepted and not yet committed; who waits for the OK. */
  readonly storing: Map<string, { readonly event: SignedEvent; readonly waiting: number[] }>;
  readonly orphans: Orphans;
  /** Proofs over HTTP that were used, by id, and until when (Unix seconds) they have to be remembered. */
  readonly usedProofs: Map<string, number>;
  /** All events that the roster is folded from. */
  readonly rosterEvents: Map<string, SignedEvent>;
  roster: Roster;
  /** Ids for NIP-77: kinds that all may read, and sealed ones. */
  open: NegentropyIndex;
  sealed: NegentropyIndex;
  /** Why nothing could be stored at the last try; empty when it could. */
  trouble: string;
  /** How often the shelf had to be opened again since the start. */
  reopened: number;
}

/** The state of a relay that keeps the organisation of `root`, from what lies on its shelf. */
export function createState(root: string, shelf: Shelf, limits: Limits): RelayState {
  const state: RelayState = {
    root,
    org: organisation(root),
    limits,
    shelf,
    connections: new Map(),
    buckets: new Map(),
    tickets: new Map(),
    nextTicket: 1,
    storing: new Map(),
    orphans: new Orphans(),
    usedProofs: new Map(),
    rosterEvents: new Map(),
    roster: foldRoster([], root),
    open: createIndex(),
    sealed: createIndex(),
    trouble: '',
    reopened: 0,
  };
  readShelf(state);
  return state;
}

/** Fills memory from the shelf: at the start, and when the shelf had to be opened again. */
export function readShelf(state: RelayState): void {
  [state.open, state.sealed] = [createIndex(), createIndex()];
  state.rosterEvents.clear();
  for (const { event } of state.shelf.all()) {
    indexEvent(state, event);
    if (shapesRoster(event)) state.rosterEvents.set(event.id, event);
  }
  // These counted already, and are still on their way to the disk.
  for (const { event } of state.storing.values()) if (shapesRoster(event)) state.rosterEvents.set(event.id, event);
  state.roster = foldStored(state);
  // A stop may have come between the statement and the purge.
  forget(state, state.shelf.purge(state.roster.purged));
}

/** These are not on the shelf any more: whoever compares sees that they are lacking, and sends them again. */
export function forget(state: RelayState, ids: readonly string[]): void {
  let shaped = false;
  for (const id of ids) {
    state.open.remove(id);
    state.sealed.remove(id);
    if (state.rosterEvents.delete(id)) shaped = true;
  }
  if (shaped) state.roster = foldStored(state);
}

export function indexEvent(
  state: RelayState,
  { id, kind, created_at }: Pick<SignedEvent, 'id' | 'kind' | 'created_at'>,
): void {
  if (OPEN_KINDS.includes(kind)) state.open.insert(created_at, id);
  else if (SEALED_KINDS.includes(kind)) state.sealed.insert(created_at, id);
}

export function send(connection: number, ...answer: Answer): Output {
  return { type: 'send', connection, text: JSON.stringify(answer) };
}
