import type { Extras } from './extras.ts';
import type { HeldCopy } from './held-copy.ts';
import { inTime } from './in-time.ts';
import type { PageAddress } from './page-facts.ts';
import { warn } from './warn.ts';

/** What a page shows beside its snapshot, in the order in which it can be had: from this device first, then from the hosts. */
export interface PageExtras {
  /** As far as they came. */
  found(): Extras;
  /** Opens what this device holds; resolves when that is shown. */
  open(copy: HeldCopy): Promise<void>;
  /**
   * Brings what belongs to `copy`, once for each; a host that was asked in vain is asked again with the next. Resolves when that is
   * shown.
   */
  bring(copy: HeldCopy): Promise<void>;
}

/** `hosts` are origins; `onFound` is called when there is more to show. */
export function pageExtras(address: PageAddress, hosts: readonly string[], onFound: () => void): PageExtras {
  let found: Extras = { record: null, history: null, complete: (snapshot) => snapshot };
  /** Id of the copy that they were brought for. */
  let brought: string | null = null;
  /** Those that this device holds are opened first. */
  let opening: Promise<void> | null = null;

  /** What belongs to a copy that another has replaced meanwhile is not shown. */
  async function show(read: (from: typeof import('./extras.ts')) => Promise<Extras>): Promise<void> {
    const of = brought;
    const next = await read(await inTime(import('./extras.ts')));
    if (next === found || brought !== of) return;
    found = next;
    onFound();
  }

  return {
    found: () => found,
    open: async (copy) => {
      opening = show(({ heldExtras }) => heldExtras(address, copy, found));
      await opening;
    },
    bring: async (copy) => {
      const { id } = copy.event;
      // Who opened them was told why they cannot be had.
      await opening?.catch(() => {});
      if (brought === id) return;
      brought = id;
      await show(({ freshExtras }) => freshExtras(address, copy, hosts, found));
      const { fetchAhead } = await import('./extras.ts');
      void fetchAhead(copy, hosts).catch(warn);
    },
  };
}
