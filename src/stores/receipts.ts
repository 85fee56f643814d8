import type { Log } from '../log/log.ts';

/** How many of the known relays have said that they stored an event. */
export interface Receipts {
  readonly have: number;
  readonly all: number;
}

export const NO_RECEIPTS: Receipts = { have: 0, all: 0 };

export function receiptsOf(log: Log, id: string): Receipts {
  const relays = log.links().map((link) => link.relay);
  const stored = log.receipts(id);
  return { have: relays.filter((relay) => stored.includes(relay)).length, all: relays.length };
}
