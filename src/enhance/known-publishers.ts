import type { Shelf } from './shelf.ts';

const KEY = 'lifeboat:publishers';

/** Who may publish, as this device last learned it from verified rosters. */
interface Known {
  readonly root: string;
  /** None: the rosters name people, and none of them may publish any more. */
  readonly keys: readonly string[];
  /** When all places were last asked for rosters, in Unix ms. */
  readonly checked_at: number;
}

/** Null where nothing is known for `root`. */
export function readKnown(shelf: Shelf, root: string): Known | null {
  try {
    const known = JSON.parse(shelf.getItem(KEY) ?? 'null') as Known | null;
    return known?.root === root ? { ...known, checked_at: known.checked_at ?? 0 } : null;
  } catch {
    return null; // Damaged or forbidden: the rosters are asked for again.
  }
}

export function remember(shelf: Shelf, known: Known): void {
  try {
    shelf.setItem(KEY, JSON.stringify(known));
  } catch {
    // Full or forbidden: the roster is asked for again next time.
  }
}
