import type { Log } from '../../log/log.ts';
import { isAddressable } from '../../model/event.ts';

/** Relays refuse what lies further ahead (DESIGN §4). */
const MAX_AHEAD_MS = 15 * 60_000;

/**
 * What is to be said where this key once signed with a clock far ahead: each pulse and snapshot is dated after its last one, so
 * relays refuse all of them until that time has come. `store` is the file that remembers it. Null where all is well.
 */
export function clockWord(log: Pick<Log, 'events' | 'pubkey'>, store: string, now: number): string | null {
  const own = [...log.events()].filter(({ kind, pubkey }) => pubkey === log.pubkey && isAddressable(kind));
  const last = own.reduce((latest, { created_at }) => Math.max(latest, created_at), 0) * 1000;
  if (last <= now + MAX_AHEAD_MS) return null;
  const until = new Date(last).toISOString().slice(0, 16).replace('T', ' ');
  return `This key last signed with a clock that stood at ${until} UTC, and relays refuse what it signs before then: stop this, move ${store} aside, and start again.`;
}
