import type { Shelf } from './shelf.ts';

const KEY = 'lifeboat:seen';

/** The highest number seen of each publisher key: no older state is ever taken from the same one. */
export function readSeen(shelf: Shelf): Readonly<Record<string, number>> {
  try {
    return (JSON.parse(shelf.getItem(KEY) ?? '{}') as Record<string, number> | null) ?? {};
  } catch {
    return {};
  }
}

export function raiseSeen(shelf: Shelf, publisher: string, seq: number): void {
  const seen = readSeen(shelf);
  if ((seen[publisher] ?? 0) >= seq) return;
  try {
    shelf.setItem(KEY, JSON.stringify({ ...seen, [publisher]: seq }));
  } catch {
    // Full or forbidden: the held copy itself is the mark for this visit.
  }
}
