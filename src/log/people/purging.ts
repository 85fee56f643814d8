import type { SignedEvent } from '../../model/event.ts';
import { isPurgeable } from '../../model/purge.ts';
import type { Log } from '../log.ts';
import { stubWords, writeRoster } from './roster-writer.ts';

/** Statements stay below 64 KiB. */
const PURGES_PER_EVENT = 50;

/**
 * This admin's vote to drop the content of events for ever, in every copy; it is done once a second member who is an
 * admin (or the root) votes too: see `log.roster().purged`. What a copy that never held them must know to walk through
 * them is stated with it. Throws where an id is not held here, or is a statement or a key, on which all else stands.
 */
export async function purgeEvents(log: Log, ids: readonly string[]): Promise<readonly SignedEvent[]> {
  const held = new Map(log.events().map((event) => [event.id, event]));
  const events = [...new Set(ids)].map((id) => {
    const event = held.get(id);
    if (event === undefined)
      throw new Error(`No event ${id} is on this device: synchronise, then name it by its whole id.`);
    if (!isPurgeable(event)) throw new Error(`Event ${id} is a roster or a room's key and cannot be purged.`);
    return event;
  });
  const written: SignedEvent[] = [];
  for (let from = 0; from < events.length; from += PURGES_PER_EVENT) {
    const some = events.slice(from, from + PURGES_PER_EVENT);
    written.push(await writeRoster(log, { purges: some.map(({ id }) => id), stubs: some.map(stubWords) }));
  }
  return written;
}
