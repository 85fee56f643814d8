import type { SignedEvent } from '../model/event.ts';
import { OPEN_KINDS, SEALED_KINDS } from '../model/kind-sets.ts';
import { isPurgeable, isStub, restores, stubOf } from '../model/purge.ts';
import { createIndex, type NegentropyIndex } from './negentropy/negentropy.ts';
import { chainPlace, replaces, slotOf } from './store/slot.ts';

/** The two reconciled sets: relays serve sealed kinds only after NIP-42, so the two never share a filter. */
export type SetName = 'open' | 'sealed';

export const KINDS_OF: Readonly<Record<SetName, readonly number[]>> = { open: OPEN_KINDS, sealed: SEALED_KINDS };

/** The events that this device holds, in memory: by id, by set for reconciliation, and the newest of each addressable slot. */
export interface Held {
  /** The whole event; undefined also where only its stub is left, which no relay is to be sent. */
  get(id: string): SignedEvent | undefined;
  /** Stubs of purged events too. */
  all(): readonly SignedEvent[];
  /** Newest addressable events, one per kind, author and `d`. */
  hints(): readonly SignedEvent[];
  /** Ids of a set in the order in which they came; a purged one keeps its place. */
  arrived(set: SetName): readonly string[];
  index(set: SetName): NegentropyIndex;
  /** The highest position held of an author's chain; 0 when none is. */
  lastPlace(pubkey: string, d: string): number;
  /** Whether anything by this author is held. */
  knows(pubkey: string): boolean;
  /** Whether `event` is not held, and not older than what is held in its slot. */
  lacks(event: SignedEvent): boolean;
  /** Adds a verified event; false when it was not lacking. */
  add(event: SignedEvent): boolean;
  /** From now on these ids are held without content; returns the stubs of those that were whole. */
  purge(ids: ReadonlySet<string>): readonly SignedEvent[];
  /** The event as it may be kept: a stub where it is purged. */
  kept(event: SignedEvent): SignedEvent;
  /** Whether its stub is held and its content is not wanted: neither fetched nor compared. */
  isPurged(id: string): boolean;
}

export function createHeld(): Held {
  const events = new Map<string, SignedEvent>();
  const slots = new Map<string, SignedEvent>();
  const indexes = { open: createIndex(), sealed: createIndex() };
  const arrived = { open: [] as string[], sealed: [] as string[] };
  const authors = new Set<string>();
  /** By author and `d`. */
  const lastPlaces = new Map<string, number>();
  let list: readonly SignedEvent[] | undefined;
  let purged: ReadonlySet<string> = new Set();

  function lacks(event: SignedEvent): boolean {
    const known = events.get(event.id);
    if (known !== undefined) return restores(kept(event), known);
    const rival = slots.get(slotOf(event) ?? '');
    return rival === undefined || replaces(event, rival);
  }

  function kept(event: SignedEvent): SignedEvent {
    return purged.has(event.id) && isPurgeable(event) ? stubOf(event) : event;
  }

  function notePlace(event: SignedEvent): void {
    authors.add(event.pubkey);
    const [pubkey, d, s] = chainPlace(event) ?? [];
    if (s === undefined) return;
    const chain = `${pubkey} ${d}`;
    lastPlaces.set(chain, Math.max(lastPlaces.get(chain) ?? 0, s));
  }

  return {
    get: (id) => {
      const event = events.get(id);
      return event === undefined || isStub(event) ? undefined : event;
    },
    all: () => {
      list ??= [...events.values()];
      return list;
    },
    hints: () => [...slots.values()],
    arrived: (set) => arrived[set],
    index: (set) => indexes[set],
    lastPlace: (pubkey, d) => lastPlaces.get(`${pubkey} ${d}`) ?? 0,
    knows: (pubkey) => authors.has(pubkey),
    lacks,
    add: (given) => {
      if (!lacks(given)) return false;
      const event = kept(given);
      list = undefined;
      const slot = slotOf(event);
      if (slot !== undefined) {
        events.delete(slots.get(slot)?.id ?? '');
        slots.set(slot, event);
      }
      const wasStub = events.has(event.id);
      events.set(event.id, event);
      notePlace(event);
      const set = setOf(event.kind);
      if (set === undefined || isStub(event) || !indexes[set].insert(event.created_at, event.id)) return true;
      if (!wasStub || !arrived[set].includes(event.id)) arrived[set].push(event.id);
      return true;
    },
    purge: (ids) => {
      purged = ids;
      const whole = [...ids]
        .flatMap((id) => events.get(id) ?? [])
        .filter((event) => isPurgeable(event) && !isStub(event));
      const stubs = whole.map(stubOf);
      for (const stub of stubs) {
        events.set(stub.id, stub);
        for (const index of Object.values(indexes)) index.remove(stub.id);
      }
      if (stubs.length > 0) list = undefined;
      return stubs;
    },
    kept,
    isPurged: (id) => purged.has(id) && events.get(id)?.sig === '',
  };
}

/** The set that a kind belongs to; undefined for kinds that are never reconciled. */
function setOf(kind: number): SetName | undefined {
  if (OPEN_KINDS.includes(kind)) return 'open';
  return SEALED_KINDS.includes(kind) ? 'sealed' : undefined;
}

/** The whole set of an organisation, as a relay's filter. */
export function filterOf(org: string, set: SetName, more: object = {}): object {
  return { kinds: KINDS_OF[set], '#o': [org], ...more };
}
