import type { SignedEvent } from '../../model/event.ts';
import type { Damage } from './damage.ts';
import { slotOf } from './slot.ts';

/** How many regular events a copy holds, and the exclusive-or of their ids (hex): the same for the same set in any order. */
export interface Tally {
  readonly count: number;
  readonly digest: string;
}

/** What a copy says about itself, kept beside the events and changed in the same transaction. */
export interface Ledger extends Tally {
  /** The most events that this copy ever held: fewer means that some were lost. */
  readonly expected: number;
}

/** A second place that survives the loss of the first, such as localStorage or a file beside the database. */
export interface Canary {
  read(): number;
  write(count: number): void;
}

export const EMPTY_LEDGER: Ledger = { count: 0, digest: '0'.repeat(64), expected: 0 };

/** Counts the regular events among `events` into `tally`. */
function addToTally(tally: Tally, events: readonly SignedEvent[]): Tally {
  const regular = events.filter((event) => slotOf(event) === undefined);
  const digest = regular.reduce((sum, event) => sum ^ BigInt(`0x${event.id}`), BigInt(`0x${tally.digest}`));
  return { count: tally.count + regular.length, digest: digest.toString(16).padStart(64, '0') };
}

/** The ledger after `events` were added; a copy that is short heals as events come back. */
export function grow(ledger: Ledger, events: readonly SignedEvent[]): Ledger {
  const tally = addToTally(ledger, events);
  return { ...tally, expected: Math.max(ledger.expected, tally.count) };
}

/** The ledger that fits what was really found, remembering what should have been there: also what others remember. */
export function correct(ledger: Ledger, found: readonly SignedEvent[], remembered: number): Ledger {
  const tally = addToTally(EMPTY_LEDGER, found);
  return { ...tally, expected: Math.max(ledger.expected, tally.count, remembered) };
}

/** What is wrong with a copy that has this ledger, and rows with these ids that do not fit them. */
export function damageOf(ledger: Ledger, misfits: readonly string[]): readonly Damage[] {
  const { count, expected } = ledger;
  const [first] = misfits;
  return [
    ...(count < expected ? [{ type: 'short' as const, held: count, expected }] : []),
    ...(first === undefined ? [] : [{ type: 'misfits' as const, count: misfits.length, first }]),
  ];
}
