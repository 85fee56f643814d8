import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { type Bound, variableLength } from './negentropy-codec.ts';
import { compareBytes, ID_BYTES, NegentropyItems } from './negentropy-items.ts';

export const FINGERPRINT_BYTES = 16;
const WORDS = ID_BYTES / 4;

/**
 * Event ids sorted by (created_at, id), for set reconciliation. Inserting is cheap: new items wait unsorted and are
 * merged when somebody reads.
 */
export class NegentropyIndex {
  readonly #items = new NegentropyItems();
  readonly #known = new Set<string>();
  /** Slots in order. */
  #sorted = new Uint32Array(0);
  #waiting: number[] = [];

  get size(): number {
    return this.#known.size;
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  /** Adds an id (64 hex digits) with its created_at (whole seconds from 0); false if it was there already. */
  insert(createdAt: number, id: string): boolean {
    if (this.#known.has(id)) return false;
    this.#waiting.push(this.#items.add(createdAt, id));
    this.#known.add(id);
    return true;
  }

  /** Takes an id out; false if it was not there. */
  remove(id: string): boolean {
    if (!this.#known.has(id)) return false;
    const bytes = hexToBytes(id);
    this.#sorted = this.#merged().filter((slot) => compareBytes(this.#items.id(slot), bytes) !== 0);
    this.#known.delete(id);
    return true;
  }

  idAt(position: number): Uint8Array {
    return this.#items.id(this.#slot(position));
  }

  hexAt(position: number): string {
    return bytesToHex(this.idAt(position));
  }

  timeAt(position: number): number {
    return this.#items.time(this.#slot(position));
  }

  /** The first position at or after `from` whose item does not lie under `bound`. */
  lowerBound(bound: Bound, from: number): number {
    let low = from;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = this.timeAt(middle) - bound.time || compareBytes(this.idAt(middle), bound.prefix);
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The shortest bound that parts the item at `position` from the one before it. */
  boundBefore(position: number): Bound {
    const time = this.timeAt(position);
    if (time !== this.timeAt(position - 1)) return { time, prefix: new Uint8Array(0) };
    const [id, previous] = [this.idAt(position), this.idAt(position - 1)];
    let shared = 0;
    while (shared < ID_BYTES - 1 && id[shared] === previous[shared]) shared++;
    return { time, prefix: id.slice(0, shared + 1) };
  }

  /** NIP-77: the first 16 bytes of SHA-256 over the ids' sum modulo 2^256 (little endian) and their number. */
  fingerprint(from: number, to: number): Uint8Array {
    const sorted = this.#merged();
    const sums = new Float64Array(WORDS);
    for (let position = from; position < to; position++) {
      const slot = sorted[position] ?? 0;
      for (let word = 0; word < WORDS; word++) sums[word] = (sums[word] ?? 0) + this.#items.word(slot, word);
    }
    const sum = new DataView(new ArrayBuffer(ID_BYTES));
    let carry = 0;
    for (const [word, value] of sums.entries()) {
      // Exact: two million ids of 32 bits stay below 2^53.
      const total = value + carry;
      sum.setUint32(word * 4, total % 2 ** 32, true);
      carry = Math.floor(total / 2 ** 32);
    }
    const hash = sha256
      .create()
      .update(new Uint8Array(sum.buffer))
      .update(variableLength(to - from));
    return hash.digest().subarray(0, FINGERPRINT_BYTES);
  }

  #slot(position: number): number {
    const slot = this.#merged()[position];
    if (slot === undefined) throw new RangeError(`There is no item ${position} among ${this.size}.`);
    return slot;
  }

  #merged(): Uint32Array {
    if (this.#waiting.length === 0) return this.#sorted;
    const waiting = this.#waiting.sort((a, b) => this.#items.compare(a, b));
    const merged = new Uint32Array(this.size);
    let [left, right] = [0, 0];
    for (let out = 0; out < merged.length; out++) {
      const [old, added] = [this.#sorted[left], waiting[right]];
      const takeOld = added === undefined || (old !== undefined && this.#items.compare(old, added) < 0);
      merged[out] = (takeOld ? old : added) ?? 0;
      if (takeOld) left++;
      else right++;
    }
    this.#waiting = [];
    this.#sorted = merged;
    return merged;
  }
}

export function createIndex(): NegentropyIndex {
  return new NegentropyIndex();
}
