import type { Log } from '../../log/log.ts';
import { AHEAD_MAX_MS } from '../../model/freshness.ts';
import { isAddressable } from '../../model/kind-sets.ts';

/** Relays refuse what lies further ahead (DESIGN §4). */
const MAX_AHEAD_MS = 15 * 60_000;

/**
 * What is to be said where this key once signed with a clock far ahead: each pulse and snapshot is dated after its last one, so
 * relays refuse all of them until that time has come. `mend` says what helps. Null where all is well.
 */
export function clockWord(log: Pick<Log, 'events' | 'pubkey'>, mend: string, now: number): string | null {
  const own = [...log.events()].filter(({ kind, pubkey }) => pubkey === log.pubkey && isAddressable(kind));
  const last = own.reduce((latest, { created_at }) => Math.max(latest, created_at), 0) * 1000;
  if (last <= now + MAX_AHEAD_MS) return null;
  const until = new Date(last).toISOString().slice(0, 16).replace('T', ' ');
  return `This key last signed with a clock that stood at ${until} UTC, and relays refuse what it signs before then: ${mend}`;
}

/**
 * What is to be said where a watcher or a publisher that the roster knows has signed at a time that this machine's clock (`now`,
 * Unix ms) has not reached: what is posted here is dated too early, and nobody would notice. Null where all is well.
 */
export function behindWord(log: Pick<Log, 'events' | 'pubkey' | 'roster'>, now: number): string | null {
  const { keys } = log.roster();
  const others = [...log.events()].filter(
    ({ kind, pubkey }) => isAddressable(kind) && pubkey !== log.pubkey && keys.get(pubkey)?.removed === false,
  );
  const behind = others.reduce((latest, { created_at }) => Math.max(latest, created_at * 1000), 0) - now;
  if (behind <= AHEAD_MAX_MS) return null;
  return `This machine's clock is at least ${Math.floor(behind / 60_000)} minutes behind that of a watcher or a publisher: what was posted is dated by it. Correct the clock that is wrong.`;
}
