import type { SignedEvent } from '../../model/event.ts';
import type { Held } from '../held.ts';
import { type Damage, StoreFailure, type StoreTrouble } from './damage.ts';
import type { LogStore } from './store.ts';

/** Events that are shown although storage did not take them: a full device must not hide news. Put in as soon as there is room. */
export interface Unsaved {
  /** Stores the events; those that storage refuses are remembered. Never rejects. */
  put(events: readonly SignedEvent[]): Promise<void>;
  /** Tries again what was refused. */
  retry(): Promise<void>;
  has(id: string): boolean;
  damage(): readonly Damage[];
}

export function createUnsaved(store: LogStore, held: Held): Unsaved {
  const waiting = new Set<string>();
  let trouble: StoreTrouble = 'unreadable';

  async function put(events: readonly SignedEvent[]): Promise<void> {
    try {
      await store.put(events);
    } catch (error) {
      console.warn('Events were not stored.', error);
      trouble = error instanceof StoreFailure ? error.trouble : 'unreadable';
      for (const { id } of events) waiting.add(id);
    }
  }

  return {
    put,
    retry: async () => {
      // As it is held now: purged or replaced meanwhile, it must not come back.
      const again = [...waiting].flatMap((id) => held.get(id) ?? []);
      waiting.clear();
      if (again.length > 0) await put(again);
    },
    has: (id) => waiting.has(id),
    damage: () => (waiting.size === 0 ? [] : [{ type: 'unsaved', count: waiting.size, trouble }]),
  };
}
