/** Seeded randomness (sfc32): the same seed gives the same run, on every machine. */
export interface Random {
  /** From 0 up to 1. */
  fraction(): number;
  /** A whole number from 0 up to `limit`. */
  below(limit: number): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** Throws where there is nothing to pick. */
  pick<Item>(items: readonly Item[]): Item;
  bytes(count: number): Uint8Array;
  /** Another source that draws nothing from this one later on. */
  fork(): Random;
}

export function createRandom(seed: number): Random {
  let [a, b, c, d] = [0x9e3779b9 ^ seed, 0x243f6a88, 0xb7e15162 ^ (seed / 2 ** 32), 1];
  function next(): number {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return t >>> 0;
  }
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  const fraction = () => next() / 2 ** 32;
  const below = (limit: number) => Math.floor(fraction() * limit);
  return {
    fraction,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => fraction() < probability,
    pick: (items) => {
      if (items.length === 0) throw new Error('There is nothing to pick from.');
      return items[below(items.length)] as (typeof items)[number];
    },
    bytes: (count) => {
      const bytes = new Uint8Array(count);
      for (let at = 0; at < count; at++) bytes[at] = next() >>> 24;
      return bytes;
    },
    fork: () => createRandom(next()),
  };
}
