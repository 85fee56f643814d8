import { type Caused, causesFirst } from './causality.ts';
import { compareHlc, type Hlc } from './clock.ts';

export interface Timed extends Caused {
  readonly hlc: Hlc;
}

/**
 * Display order, oldest first: by max(own clock, keys of held causes + 1), then by id. So an answer never stands
 * above its question, however wrong a clock is; and nothing but the display depends on it.
 */
export function displayOrder<Item extends Timed>(items: readonly Item[]): readonly Item[] {
  const keys = new Map<string, Hlc>();
  const sorted = causesFirst(items);
  for (const { id, hlc, after } of sorted) {
    let key = hlc;
    for (const cause of after) {
      const behind = keys.get(cause);
      if (behind !== undefined && compareHlc(behind, key) >= 0) key = [behind[0], behind[1] + 1];
    }
    keys.set(id, key);
  }
  return sorted.toSorted(
    (a, b) => compareHlc(keys.get(a.id) ?? a.hlc, keys.get(b.id) ?? b.hlc) || (a.id < b.id ? -1 : 1),
  );
}
