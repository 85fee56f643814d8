import type { LinkView } from '../../log/channel/link-view.ts';
import type { Log } from '../../log/log.ts';
import type { SignedEvent } from '../../model/event.ts';
import { isAddressable } from '../../model/kind-sets.ts';
import { isStub } from '../../model/purge.ts';
import { inStep } from './in-step.ts';

/** Between two rounds that brought nothing new: a relay that was just told needs a moment to answer. */
const PAUSE_MS = 200;

/** What a relay is to hold: the whole events of the log, without hints and without what is purged. */
export function wholeEvents(log: Log): readonly SignedEvent[] {
  return log.events().filter((event) => !isAddressable(event.kind) && !isStub(event));
}

/** Events that a relay within reach is not known to hold, and that it did not refuse. */
export function lackedBy({ relay, state, refused, parked }: LinkView, log: Log): readonly SignedEvent[] {
  if (state !== 'open') return [];
  return wholeEvents(log).filter(({ id }) => !log.receipts(id).includes(relay) && !refused.has(id) && !parked.has(id));
}

/**
 * Goes on until every relay within reach holds all that this device holds, also what another relay brought meanwhile; at
 * most `timeoutMs`. Returns whether that came about.
 */
export async function bringEverywhere(log: Log, timeoutMs: number): Promise<boolean> {
  const end = log.platform.now() + timeoutMs;
  for (;;) {
    await inStep(log, Math.max(0, end - log.platform.now()));
    const lacked = new Set(log.links().flatMap((link) => lackedBy(link, log)));
    const isStill = log.links().every(({ state, synced }) => state !== 'open' || synced);
    if (lacked.size === 0 && isStill) return true;
    if (log.platform.now() >= end) return false;
    // What is held already goes on to every relay that is not known to have it.
    await log.add([...lacked]);
    await new Promise<void>((resolve) => log.platform.after(PAUSE_MS, resolve));
  }
}
