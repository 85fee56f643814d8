import { OPEN_KINDS, SEALED_KINDS, type SignedEvent } from '../model/event.ts';
import { createIndex, type NegentropyIndex } from './negentropy.ts';
import { replaces, slotOf } from './slot.ts';

/** The two reconciled sets: relays serve sealed kinds only after NIP-42, so the two never share a filter. */
export type SetName = 'open' | 'sealed';

export const KINDS_OF: Readonly<Record<SetName, readonly number[]>> = { open: OPEN_KINDS, sealed: SEALED_KINDS };

/** The events that this device holds, in memory: by id, by set for reconciliation, and the newest of each addressable slot. */
export interface Held {
  get(id: string): SignedEvent | undefined;
  all(): readonly SignedEvent[];
  /** Newest addressable events, one per kind, author and `d`. */
  hints(): readonly SignedEvent[];
  /** Ids of a set in the order in which they came. */
  arrived(set: SetName): readonly string[];
  index(set: SetName): NegentropyIndex;
  /** Whether `event` is not held, and not older than what is held in its slot. */
  lacks(event: SignedEvent): boolean;
  /** Adds a verified event; false when it was not lacking. */
  add(event: SignedEvent): boolean;
}

export function createHeld(): Held {
  const events = new Map<string, SignedEvent>();
  const slots = new Map<string, SignedEvent>();
  const indexes = { open: createIndex(), sealed: createIndex() };
  const arrived = { open: [] as string[], sealed: [] as string[] };
  let list: readonly SignedEvent[] | undefined;

  function lacks(event: SignedEvent): boolean {
    if (events.has(event.id)) return false;
    const rival = slots.get(slotOf(event) ?? '');
    return rival === undefined || replaces(event, rival);
  }

  return {
    get: (id) => events.get(id),
    all: () => {
      list ??= [...events.values()];
      return list;
    },
    hints: () => [...slots.values()],
    arrived: (set) => arrived[set],
    index: (set) => indexes[set],
    lacks,
    add: (event) => {
      if (!lacks(event)) return false;
      list = undefined;
      const slot = slotOf(event);
      if (slot !== undefined) {
        events.delete(slots.get(slot)?.id ?? '');
        slots.set(slot, event);
      }
      events.set(event.id, event);
      const set = setOf(event.kind);
      if (set !== undefined && indexes[set].insert(event.created_at, event.id)) arrived[set].push(event.id);
      return true;
    },
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
