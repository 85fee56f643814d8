import { previousId, type SignedEvent, tagValue } from '../model/event.ts';
import type { Roster } from '../model/roster.ts';

/**
 * Ids of the last events of `pubkey` in `d` that are accepted today: what a cut names. Of a key that an earlier cut
 * already ended, nothing beyond that cut.
 */
export function tipsOf(events: readonly SignedEvent[], roster: Roster, pubkey: string, d: string): readonly string[] {
  const held = events.filter((event) => event.pubkey === pubkey && tagValue(event, 'd') === d);
  const accepted = held.filter((event) => roster.accepted.has(event.id));
  const chain = accepted.length > 0 ? accepted : held;
  const followed = new Set(chain.map((event) => previousId(event)));
  return chain
    .filter((event) => !followed.has(event.id))
    .map((event) => event.id)
    .sort();
}
