import type { LogStore } from '../../src/log/store/store.ts';
import type { SignedEvent } from '../../src/model/event.ts';
import type { Pens } from './pens.ts';

/** Defects that are planted at the seams, to see that the simulator finds them. */
export const PLANTED = [
  'relay acknowledges before it commits',
  'device says saved before it is',
  'two tabs allocate the same place',
  'duplicates are looked for before signatures',
  'relay loses its last commit in a crash',
  'what was received is not stored',
] as const;

export type Planted = (typeof PLANTED)[number];

/** A check that trusts an id once a copy of it was seen, altered or not. */
export function deduplicatingFirst(verify: Pens['verify']): Pens['verify'] {
  const seen = new Set<string>();
  return (value, org) => {
    const event = value as SignedEvent | null;
    const id = event?.id ?? '';
    if (event !== null && seen.has(id)) return { type: 'ok', event };
    seen.add(id);
    return verify(value, org);
  };
}

/** The store of one tab, with what is broken in it. */
export function broken(store: LogStore, planted: Planted | undefined): LogStore {
  return planted === 'what was received is not stored' ? { ...store, put: async (events) => events } : store;
}
