import type { Bound, MessageWriter } from './negentropy-codec.ts';
import type { NegentropyIndex } from './negentropy-index.ts';

/** What a message says about a range: nothing differs, its fingerprint, or its ids. */
export const MODE = { skip: 0, fingerprint: 1, ids: 2 } as const;
const BUCKETS = 16;

/** Writes a range as its ids when it is short, else as the fingerprints of sixteen parts. */
export function split(index: NegentropyIndex, lower: number, upper: number, bound: Bound, output: MessageWriter): void {
  const count = upper - lower;
  if (count < BUCKETS * 2) {
    writeIds(index, lower, upper, bound, output);
    return;
  }
  let start = lower;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const end = start + Math.floor(count / BUCKETS) + (bucket < count % BUCKETS ? 1 : 0);
    writeFingerprint(index, start, end, end === upper ? bound : index.boundBefore(end), output);
    start = end;
  }
}

export function writeFingerprint(
  index: NegentropyIndex,
  lower: number,
  upper: number,
  bound: Bound,
  output: MessageWriter,
): void {
  output.bound(bound);
  output.number(MODE.fingerprint);
  output.bytes(index.fingerprint(lower, upper));
}

export function writeIds(
  index: NegentropyIndex,
  lower: number,
  upper: number,
  bound: Bound,
  output: MessageWriter,
): void {
  output.bound(bound);
  output.number(MODE.ids);
  output.number(upper - lower);
  for (let position = lower; position < upper; position++) output.bytes(index.idAt(position));
}
