import { bytesToHex } from '@noble/hashes/utils.js';
import { type Bound, MessageReader, MessageWriter } from './negentropy-codec.ts';
import { FINGERPRINT_BYTES, type NegentropyIndex } from './negentropy-index.ts';
import { ID_BYTES } from './negentropy-items.ts';
import { MODE, split, writeFingerprint, writeIds } from './negentropy-ranges.ts';

export { createIndex, type NegentropyIndex } from './negentropy-index.ts';

/** What one answer told the initiator: ids that only we hold, ids that only they hold, and what to send next. */
export interface Reconciled {
  readonly have: readonly string[];
  readonly need: readonly string[];
  /** The next message, hex; null when the two sets are known. */
  readonly next: string | null;
}

const PROTOCOL = 0x61;
const END: Bound = { time: Number.POSITIVE_INFINITY, prefix: new Uint8Array(0) };
/** Bytes of one message; doubled by hex it stays under the 128 KiB frame of relays (measured: 4,096 never ends). */
const FRAME_BYTES = 60_000;
/** Room kept for the closing skip and fingerprint. */
const RESERVE_BYTES = 200;

/** The first message (hex) of a reconciliation after NIP-77, protocol version 1. */
export function initiate(index: NegentropyIndex): string {
  const output = begin();
  split(index, 0, index.size, END, output);
  return output.hex();
}

/** Reads the responder's answer to our last message. Throws one plain sentence when it is malformed. */
export function reconcile(index: NegentropyIndex, message: string): Reconciled {
  const have: string[] = [];
  const need: string[] = [];
  const output = walk(index, message, (lower, upper, theirs) => {
    for (let position = lower; position < upper; position++) {
      const id = index.hexAt(position);
      if (!theirs.delete(id)) have.push(id);
    }
    need.push(...theirs);
    return 'settled';
  });
  if (output === undefined) throw new Error('The other side speaks another version of negentropy than 1.');
  return { have, need, next: output.length === 1 ? null : output.hex() };
}

/** The responder's answer (hex); needs no state between messages. Throws one plain sentence when `message` is malformed. */
export function respond(index: NegentropyIndex, message: string): string {
  const output = walk(index, message, () => 'answer');
  // NIP-77: an unknown version is answered with the highest one that we speak.
  return (output ?? begin()).hex();
}

type OnIds = (lower: number, upper: number, theirs: Set<string>) => 'settled' | 'answer';

/** Goes through their ranges and writes what differs; undefined when they speak another version. */
function walk(index: NegentropyIndex, message: string, onIds: OnIds): MessageWriter | undefined {
  const input = new MessageReader(message);
  const version = input.bytes(1)[0] ?? 0;
  if (version < 0x60 || version > 0x6f) throw new Error('This is not a negentropy message.');
  const output = begin();
  if (version !== PROTOCOL) return undefined;
  let lower = 0;
  let from: Bound = { time: 0, prefix: new Uint8Array(0) };
  // Equal ranges are not written one by one: `pending` says that all up to `from` may be skipped.
  let pending = false;
  const catchUp = () => {
    if (pending) {
      output.bound(from);
      output.number(MODE.skip);
    }
    pending = false;
  };
  while (!input.done) {
    const bound = input.bound();
    const mode = input.number();
    const upper = index.lowerBound(bound, lower);
    const mark = output.mark();
    const wasPending = pending;
    let answered = upper;
    if (mode === MODE.skip) {
      pending = true;
    } else if (mode === MODE.fingerprint) {
      if (sameBytes(input.bytes(FINGERPRINT_BYTES), index.fingerprint(lower, upper))) pending = true;
      else {
        catchUp();
        split(index, lower, upper, bound, output);
      }
    } else if (mode === MODE.ids) {
      if (onIds(lower, upper, readIds(input)) === 'settled') pending = true;
      else {
        catchUp();
        const room = Math.floor((FRAME_BYTES - RESERVE_BYTES - output.length) / ID_BYTES);
        answered = Math.min(upper, lower + Math.max(1, room));
        const stop = answered === upper ? bound : { time: index.timeAt(answered), prefix: index.idAt(answered) };
        writeIds(index, lower, answered, stop, output);
      }
    } else {
      throw new Error(`The negentropy message holds the unknown mode ${mode}.`);
    }
    const full = output.length > FRAME_BYTES - RESERVE_BYTES;
    if (full || answered < upper) {
      // Too much for one frame: all that is left becomes one fingerprint, which the other side splits again.
      // It starts where the written ranges end, else a difference in the range taken back could be missed.
      if (mode === MODE.fingerprint && full) {
        output.takeBack(mark);
        pending = wasPending;
        catchUp();
        answered = lower;
      }
      writeFingerprint(index, answered, index.size, END, output);
      break;
    }
    lower = upper;
    from = bound;
  }
  return output;
}

function begin(): MessageWriter {
  const output = new MessageWriter();
  output.bytes(Uint8Array.of(PROTOCOL));
  return output;
}

function readIds(input: MessageReader): Set<string> {
  const ids = new Set<string>();
  for (let left = input.number(); left > 0; left--) ids.add(bytesToHex(input.bytes(ID_BYTES)));
  return ids;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, at) => byte === b[at]);
}
