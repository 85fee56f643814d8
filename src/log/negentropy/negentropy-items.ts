import { hexToBytes } from '@noble/hashes/utils.js';

export const ID_BYTES = 32;
const FIRST_CAPACITY = 1024;

/**
 * Growing list of (created_at, id). All ids lie in one buffer (100,000 of them in 3.2 MB), read as bytes to compare
 * and as 32-bit words (little endian, as on every machine that runs us) to sum.
 */
export class NegentropyItems {
  #ids = new Uint8Array(FIRST_CAPACITY * ID_BYTES);
  #words = new Uint32Array(this.#ids.buffer);
  #times = new Float64Array(FIRST_CAPACITY);
  #count = 0;

  /** Returns the slot that the item lies in from now on. */
  add(createdAt: number, id: string): number {
    if (this.#count === this.#times.length) this.#grow();
    this.#ids.set(hexToBytes(id), this.#count * ID_BYTES);
    this.#times[this.#count] = createdAt;
    return this.#count++;
  }

  time(slot: number): number {
    return this.#times[slot] ?? 0;
  }

  /** A view, not a copy: valid until the next `add`. */
  id(slot: number): Uint8Array {
    return this.#ids.subarray(slot * ID_BYTES, (slot + 1) * ID_BYTES);
  }

  /** The eight words of an id, the lowest first. */
  word(slot: number, word: number): number {
    return this.#words[slot * (ID_BYTES / 4) + word] ?? 0;
  }

  compare(a: number, b: number): number {
    return this.time(a) - this.time(b) || compareBytes(this.id(a), this.id(b));
  }

  #grow(): void {
    const ids = new Uint8Array(this.#ids.length * 2);
    ids.set(this.#ids);
    const times = new Float64Array(this.#times.length * 2);
    times.set(this.#times);
    [this.#ids, this.#words, this.#times] = [ids, new Uint32Array(ids.buffer), times];
  }
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
