import type { SignedEvent } from '../model/event.ts';
import { parseSnapshot } from '../model/parse-snapshot.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Source } from '../model/view.ts';
import type { Shelf } from './shelf.ts';

/** A verified snapshot on this device, and how it came here. */
export interface HeldCopy {
  readonly root: string;
  readonly event: SignedEvent;
  readonly snapshot: Snapshot;
  readonly received_at: string;
  readonly source: Source;
  readonly host: string;
}

const KEY = 'lifeboat:copy';

/** The newest verified copy, read before the first paint; null where there is none, or it belongs to another root. */
export function readHeld(shelf: Shelf, root: string): HeldCopy | null {
  try {
    const { event, ...rest } = JSON.parse(shelf.getItem(KEY) ?? 'null') as Omit<HeldCopy, 'snapshot'>;
    const snapshot = rest.root === root ? parseSnapshot(event.content) : null;
    return snapshot === null ? null : { ...rest, event, snapshot };
  } catch {
    return null; // Nothing there, or damaged: the database has the second copy.
  }
}

/** Keeps the newest copy. */
export function writeHeld(shelf: Shelf, { root, event, received_at, source, host }: HeldCopy): void {
  try {
    shelf.setItem(KEY, JSON.stringify({ root, event, received_at, source, host }));
  } catch {
    // Full or forbidden: the page lives from the database alone.
  }
}

/** Forgets the copy, whose publisher is no longer one. */
export function dropHeld(shelf: Shelf): void {
  try {
    shelf.setItem(KEY, 'null');
  } catch {
    // Forbidden: then nothing was kept either.
  }
}
