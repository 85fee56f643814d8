import type { LinkView } from '../../log/channel/link-view.ts';
import type { Log } from '../../log/log.ts';
import { startProgress } from './progress.ts';

/**
 * Waits until every relay is in step with this device or was tried and not reached, at most `timeoutMs`. With every relay
 * dead it resolves at once: no command waits for what will not come.
 */
export async function inStep(log: Log, timeoutMs: number): Promise<void> {
  const progress = startProgress();
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    const links = log.links();
    const synced = links.filter((link) => link.synced);
    progress.show(() => `${synced.length} of ${links.length} relays in step, ${log.events().length} events …`);
    if (links.every((link) => link.synced || isOutOfReach(link))) resolve();
  };
  const ends = [log.onLinks(look), log.onEvents(look), log.onReceipts(look), log.platform.after(timeoutMs, resolve)];
  look();
  await promise;
  for (const end of ends) end();
  progress.end();
}

/** It was tried, and is not there now. */
export function isOutOfReach({ state, reason }: LinkView): boolean {
  return state !== 'open' && reason !== null;
}
