import type { LinkView } from '../../log/channel/link-view.ts';
import type { Log } from '../../log/log.ts';
import { isOutOfReach } from './in-step.ts';

/** What may be claimed of one own event: on which of the known relays it is, in the order in which they are named. */
export interface Arrival {
  readonly id: string;
  readonly stored: readonly string[];
  readonly relays: number;
  /** Why each of the others will not take it, in its own words. */
  readonly refusals: readonly string[];
}

/**
 * Waits until every relay has stored the event, refuses it or cannot be reached, or `timeoutMs` is over, then says what is known.
 * Never rejects.
 */
export async function arrival(log: Log, id: string, timeoutMs: number): Promise<Arrival> {
  const relays = log.links().map(({ relay }) => relay);
  // A receipt of a relay that the roster no longer names counts for nothing here.
  const stored = () => relays.filter((relay) => log.receipts(id).includes(relay));
  // A relay that is in step and has it parked has judged it by the whole roster.
  const refusalBy = ({ refused, parked, synced }: LinkView) => refused.get(id) ?? (synced ? parked.get(id) : undefined);
  const isSettled = (link: LinkView) => isOutOfReach(link) || refusalBy(link) !== undefined;
  const isOver = () => log.links().every((link) => stored().includes(link.relay) || isSettled(link));
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    if (isOver()) resolve();
  };
  const ends = [log.onReceipts(look), log.onLinks(look), log.platform.after(timeoutMs, resolve)];
  look();
  await promise;
  for (const end of ends) end();
  const refusals = log.links().flatMap((link) => {
    const reason = refusalBy(link);
    return reason === undefined ? [] : [`${link.relay}: ${reason}`];
  });
  return { id, stored: stored(), relays: relays.length, refusals };
}

/** "on this device", then "on 1 of 2 relays: ws://…", then who refuses it. */
export function arrivalWords({ stored, relays, refusals }: Arrival): string {
  if (relays === 0) return 'on this device only: no relay is known yet';
  if (refusals.length > 0)
    return `on this device; on ${stored.length} of ${relays} relays; refused by ${refusals.join(', ')}`;
  if (stored.length === 0)
    return `on this device; on none of ${relays} relays yet: it travels at the next command that reaches one`;
  return `on this device; on ${stored.length} of ${relays} relays: ${stored.join(', ')}`;
}
