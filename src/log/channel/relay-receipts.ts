import { isAddressable } from '../../model/kind-sets.ts';
import type { Copy } from '../copy.ts';
import type { SetName } from '../held.ts';

/** What one relay is known to hold, and how far its word is taken. */
export interface RelayReceipts {
  /** The relay says that it holds `ids`. Not taken for those that it was seen to lack after it had said so before. */
  note(ids: readonly string[]): void;
  /** A comparison: of the first `upTo` events of the set the relay lacks exactly these. It will never take the `refused`. */
  compared(set: SetName, upTo: number, lacking: readonly string[], refused: ReadonlyMap<string, string>): void;
  /** Whether it was seen to lack what it had acknowledged, and has not been seen to hold it since. */
  isDoubted(): boolean;
}

export function createRelayReceipts({ held, receipts }: Copy, relay: string): RelayReceipts {
  let doubted: ReadonlySet<string> = new Set();
  /** Those of the doubted that it says again to hold. */
  const claimed = new Set<string>();

  /** Receipts are for the log; addressable events are hints. */
  function add(ids: readonly string[]): void {
    receipts.add(
      relay,
      ids.filter((id) => !isAddressable(held.get(id)?.kind ?? 0)),
    );
  }

  return {
    note: (ids) => {
      for (const id of ids) if (doubted.has(id)) claimed.add(id);
      add(ids.filter((id) => !doubted.has(id)));
    },
    compared: (set, upTo, lacking, refused) => {
      const lacks = new Set(lacking);
      const stored = held
        .arrived(set)
        .slice(0, upTo)
        .filter((id) => !lacks.has(id) && held.get(id) !== undefined);
      const lost = lacking.filter((id) => receipts.has(id, relay) || claimed.has(id));
      const vouched = new Set(doubted.size === 0 ? [] : stored);
      doubted = new Set([...doubted, ...lost].filter((id) => !vouched.has(id) && !refused.has(id)));
      for (const id of [...lost, ...vouched]) claimed.delete(id);
      add(stored);
      // A relay that lost what it had may have lost the sealed events too, which a watcher cannot compare: they go again.
      receipts.drop(relay, lost.length > 0 ? [...lacking, ...held.arrived('sealed')] : lacking);
    },
    isDoubted: () => doubted.size > 0,
  };
}
