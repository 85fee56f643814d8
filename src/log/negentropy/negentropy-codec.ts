import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { ID_BYTES } from './negentropy-items.ts';

/** A place between items: everything before `time`, or at `time` with an id that sorts before `prefix`, lies under it. */
export interface Bound {
  /** Unix seconds; `Infinity` is the end of everything. */
  readonly time: number;
  /** 0 to 32 leading bytes of an id. */
  readonly prefix: Uint8Array;
}

/** Where a writer stood, so that a range that did not fit can be taken back. */
interface Mark {
  readonly length: number;
  readonly time: number;
}

/** Reads one NIP-77 message; every method throws a plain sentence when the message ends early or makes no sense. */
export class MessageReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #time = 0;

  constructor(hex: string) {
    this.#bytes = hexToBytes(hex);
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  bytes(count: number): Uint8Array {
    const end = this.#at + count;
    if (end > this.#bytes.length) throw new Error('The negentropy message ends too early.');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  number(): number {
    let value = 0;
    for (;;) {
      const byte = this.bytes(1)[0] ?? 0;
      value = value * 128 + (byte & 127);
      if (!Number.isSafeInteger(value)) throw new Error('The negentropy message holds a number above 2^53.');
      if (byte < 128) return value;
    }
  }

  /** Times are written as differences; 0 stands for the end of everything. */
  bound(): Bound {
    const step = this.number();
    this.#time = step === 0 ? Number.POSITIVE_INFINITY : this.#time + step - 1;
    const length = this.number();
    if (length > ID_BYTES) throw new Error(`A bound in the negentropy message has ${length} bytes, more than 32.`);
    return { time: this.#time, prefix: this.bytes(length) };
  }
}

/** Builds one NIP-77 message. */
export class MessageWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;
  #time = 0;

  get length(): number {
    return this.#length;
  }

  bytes(data: Uint8Array): void {
    const length = this.#length + data.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(data, this.#length);
    this.#length = length;
  }

  number(value: number): void {
    this.bytes(variableLength(value));
  }

  bound({ time, prefix }: Bound): void {
    this.number(time === Number.POSITIVE_INFINITY ? 0 : time - this.#time + 1);
    this.#time = time;
    this.number(prefix.length);
    this.bytes(prefix);
  }

  mark(): Mark {
    return { length: this.#length, time: this.#time };
  }

  takeBack(mark: Mark): void {
    this.#length = mark.length;
    this.#time = mark.time;
  }

  hex(): string {
    return bytesToHex(this.#bytes.subarray(0, this.#length));
  }
}

/** Big-endian base 128, high bit set on all but the last byte; any whole number up to 2^53 (bit shifts would stop at 2^31). */
export function variableLength(value: number): Uint8Array {
  const digits = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift((rest % 128) | 128);
  return Uint8Array.from(digits);
}
