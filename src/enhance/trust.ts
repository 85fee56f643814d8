import { ask } from './ask.ts';
import type { Place } from './places.ts';
import type { Shelf } from './shelf.ts';

const KEY = 'lifeboat:publishers';

interface Known {
  readonly root: string;
  readonly keys: readonly string[];
}

function readKnown(shelf: Shelf, root: string): readonly string[] {
  try {
    const known = JSON.parse(shelf.getItem(KEY) ?? 'null') as Known | null;
    return known?.root === root ? known.keys : [];
  } catch {
    return [];
  }
}

/**
 * Whether `pubkey` may publish for `root`. A key that this device has once seen in a verified roster is known; for any other
 * the roster is fetched from `place` and from the other places with files, and folded from the root.
 */
export async function isPublisher(
  shelf: Shelf,
  root: string,
  pubkey: string,
  places: readonly Place[],
): Promise<boolean> {
  if (readKnown(shelf, root).includes(pubkey)) return true;
  const { publisherKeys } = await import('./publishers.ts');
  for (const { files } of places) {
    if (files === null) continue;
    const answer = await ask(`${files}/api/lifeboat/v1/roster.json`);
    if (answer.type !== 'text') continue;
    const keys = publisherKeys(listOf(answer.text), root);
    if (keys.length > 0) remember(shelf, { root, keys });
    if (keys.includes(pubkey)) return true;
  }
  return false;
}

/** A verified roster replaces what was known: a removed publisher is forgotten with it. */
function remember(shelf: Shelf, known: Known): void {
  try {
    shelf.setItem(KEY, JSON.stringify(known));
  } catch {
    // Full or forbidden: the roster is asked for again next time.
  }
}

function listOf(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
