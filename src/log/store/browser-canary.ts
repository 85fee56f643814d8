import type { Canary } from './tally.ts';

/** A count in localStorage, which outlives most losses of IndexedDB; without localStorage nothing is missed. */
export function browserCanary(name: string): Canary {
  return {
    read: () => {
      try {
        return Number.parseInt(localStorage.getItem(name) ?? '', 10) || 0;
      } catch {
        // Storage is forbidden here (private mode, a sandboxed frame): there is no second place.
        return 0;
      }
    },
    write: (count) => {
      try {
        localStorage.setItem(name, String(count));
      } catch {
        // Full or forbidden: the ledger inside the database still counts.
      }
    },
  };
}
