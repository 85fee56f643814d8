import type { SignedEvent } from '../../src/model/event.ts';
import { SqliteShelf } from '../../src/node/relay/sqlite-shelf.ts';
import { ROOT } from './organisation.ts';

/** Writes events straight into a relay's database, as they lie there once it has verified them. */
export function fill(db: string, events: readonly SignedEvent[]): void {
  const shelf = new SqliteShelf(db, ROOT, { onDamage: () => undefined, onTrouble: () => undefined });
  for (let from = 0; from < events.length; from += 5_000) shelf.put(events.slice(from, from + 5_000));
  shelf.close();
}
