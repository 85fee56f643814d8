import type { SignedEvent } from '../../model/event.ts';
import { restores } from '../../model/purge.ts';
import type { StoreTrouble } from './damage.ts';
import { chainPlace, replaces, slotOf } from './slot.ts';
import type { Chain, LogStore, Tip } from './store.ts';

const NO_TIP: Tip = { s: 0, id: null };

/** A copy that lives as long as the process: for tests, and for a browser that offers no storage (`reason` says why). */
export function createMemoryStore(reason: StoreTrouble = 'forbidden'): LogStore {
  const events = new Map<string, SignedEvent>();
  const slots = new Map<string, SignedEvent>();
  const tips = new Map<string, Tip>();
  const receipts = new Map<string, Set<string>>();

  function add(event: SignedEvent): boolean {
    const held = events.get(event.id);
    if (held !== undefined) {
      if (restores(event, held)) events.set(event.id, event);
      return false;
    }
    const slot = slotOf(event);
    const rival = slot === undefined ? undefined : slots.get(slot);
    if (rival !== undefined && !replaces(event, rival)) return false;
    if (rival !== undefined) events.delete(rival.id);
    if (slot !== undefined) slots.set(slot, event);
    events.set(event.id, event);
    raiseTip(event);
    return true;
  }

  function raiseTip(event: SignedEvent): void {
    const place = chainPlace(event);
    if (place === undefined) return;
    const name = `${place[0]} ${place[1]}`;
    const tip = tips.get(name) ?? NO_TIP;
    // Two events may claim one position; every copy of the store then follows the same one.
    if (place[2] > tip.s || (place[2] === tip.s && event.id < (tip.id ?? '')))
      tips.set(name, { s: place[2], id: event.id });
  }

  return {
    append: async (chain: Chain, build) => {
      const event = build(tips.get(`${chain.pubkey} ${chain.d}`) ?? NO_TIP);
      add(event);
      return event;
    },
    put: async (added) => added.filter(add),
    purge: async (stubs) => {
      for (const stub of stubs) if (events.has(stub.id)) events.set(stub.id, stub);
    },
    all: async () => [...events.values()],
    get: async (ids) => ids.flatMap((id) => events.get(id) ?? []),
    addReceipts: async (relay, ids) => {
      for (const id of ids) receipts.set(id, (receipts.get(id) ?? new Set()).add(relay));
    },
    dropReceipts: async (relay, ids) => {
      for (const id of ids) receipts.get(id)?.delete(relay);
    },
    receipts: async () =>
      new Map([...receipts].filter(([, of]) => of.size > 0).map(([id, of]) => [id, [...of].sort()])),
    damage: async () => [],
    mode: () => ({ type: 'memory', reason }),
    onForeignChange: () => () => {},
    close: async () => {},
  };
}
