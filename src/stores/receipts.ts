import type { LinkView } from '../log/channel/link-view.ts';
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

/** What the relays said that will not take this event, now or ever; none while all took it or were not reached. */
export function refusalsOf(links: readonly Pick<LinkView, 'refused' | 'parked'>[], id: string): readonly string[] {
  return links.flatMap(({ refused, parked }) => refused.get(id) ?? parked.get(id) ?? []);
}
