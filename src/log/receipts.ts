import { createListeners } from './listeners.ts';
import type { LogStore } from './store/store.ts';

/** Which relays are known to hold which event, in memory; written through to the store in groups. */
export interface Receipts {
  of(id: string): readonly string[];
  has(id: string, relay: string): boolean;
  add(relay: string, ids: readonly string[]): void;
  drop(relay: string, ids: readonly string[]): void;
  /** Another tab noted them: they are in the store already. */
  hear(relay: string, ids: readonly string[], held: boolean): void;
  onChange(listener: (ids: readonly string[]) => void): () => void;
  /** Resolves when all that was noted is in the store. */
  flush(): Promise<void>;
}

interface Change {
  readonly relay: string;
  readonly ids: readonly string[];
  readonly held: boolean;
}

const NONE: readonly string[] = [];

/** `pause` sets how long receipts are gathered before one transaction. */
export async function createReceipts(store: LogStore, pause: () => Promise<void>): Promise<Receipts> {
  const known = new Map(await store.receipts());
  const listeners = createListeners<readonly string[]>();
  let pending: Change[] = [];
  let writing: Promise<void> = Promise.resolve();

  function change({ relay, ids, held }: Change): readonly string[] {
    const changed = ids.filter((id) => (known.get(id) ?? NONE).includes(relay) !== held);
    for (const id of changed) {
      const relays = known.get(id) ?? NONE;
      known.set(id, held ? [...relays, relay].sort() : relays.filter((other) => other !== relay));
    }
    if (changed.length > 0) listeners.tell(changed);
    return changed;
  }

  function note(relay: string, ids: readonly string[], held: boolean): void {
    const changed = change({ relay, ids, held });
    if (changed.length === 0) return;
    pending.push({ relay, ids: changed, held });
    // Receipts come one by one and each transaction is an fsync: those of one moment share one.
    if (pending.length === 1) writing = writing.then(pause).then(write);
  }

  async function write(): Promise<void> {
    const changes = merge(pending);
    pending = [];
    try {
      for (const { relay, ids, held } of changes) {
        await (held ? store.addReceipts(relay, ids) : store.dropReceipts(relay, ids));
      }
    } catch (error) {
      // A lost receipt costs one more comparison with the relay; it comes back by itself.
      console.warn(`Receipts were not saved: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return {
    of: (id) => known.get(id) ?? NONE,
    has: (id, relay) => (known.get(id) ?? NONE).includes(relay),
    add: (relay, ids) => note(relay, ids, true),
    drop: (relay, ids) => note(relay, ids, false),
    hear: (relay, ids, held) => void change({ relay, ids, held }),
    onChange: listeners.listen,
    flush: () => writing,
  };
}

/** Neighbours that say the same of one relay become one; the order stays, so that a drop after an add wins. */
function merge(changes: readonly Change[]): readonly Change[] {
  const merged: Change[] = [];
  for (const change of changes) {
    const last = merged.at(-1);
    const joins = last?.relay === change.relay && last.held === change.held;
    if (joins) merged.pop();
    merged.push(joins ? { ...change, ids: [...last.ids, ...change.ids] } : change);
  }
  return merged;
}
