import type { Log } from '../../log/log.ts';
import { isOutOfReach } from './in-step.ts';

/** What may be claimed of one own event: on which of the known relays it is, in the order in which they are named. */
export interface Arrival {
  readonly id: string;
  readonly stored: readonly string[];
  readonly relays: number;
}

/**
 * Waits until every relay has stored the event or cannot be reached, or `timeoutMs` is over, then says what is known.
 * Never rejects.
 */
export async function arrival(log: Log, id: string, timeoutMs: number): Promise<Arrival> {
  const relays = log.links().map(({ relay }) => relay);
  // A receipt of a relay that the roster no longer names counts for nothing here.
  const stored = () => relays.filter((relay) => log.receipts(id).includes(relay));
  const isOver = () => log.links().every((link) => stored().includes(link.relay) || isOutOfReach(link));
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    if (isOver()) resolve();
  };
  const ends = [log.onReceipts(look), log.onLinks(look), log.platform.after(timeoutMs, resolve)];
  look();
  await promise;
  for (const end of ends) end();
  return { id, stored: stored(), relays: relays.length };
}

/** "on this device", then "on 1 of 2 relays: ws://…". */
export function arrivalWords({ stored, relays }: Arrival): string {
  if (relays === 0) return 'on this device only: no relay is known yet';
  if (stored.length === 0)
    return `on this device; on none of ${relays} relays yet: it travels at the next command that reaches one`;
  return `on this device; on ${stored.length} of ${relays} relays: ${stored.join(', ')}`;
}
