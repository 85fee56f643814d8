import { previousId, type SignedEvent, tagValue } from '../../model/event.ts';
import type { Roster } from '../../model/roster.ts';

/**
 * Ids of the last events of `pubkey` in `d` that are accepted today: what a cut names. Of a chain that an earlier cut
 * already ended, nothing beyond that cut, be it empty.
 */
export function tipsOf(events: readonly SignedEvent[], roster: Roster, pubkey: string, d: string): readonly string[] {
  const held = events.filter((event) => event.pubkey === pubkey && tagValue(event, 'd') === d);
  const chain = roster.ended.has(`${pubkey} ${d}`) ? held.filter(({ id }) => roster.accepted.has(id)) : held;
  const followed = new Set(chain.map((event) => previousId(event)));
  return chain
    .filter((event) => !followed.has(event.id))
    .map((event) => event.id)
    .sort();
}
