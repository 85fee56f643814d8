import { type Cuts, parseRoomCuts } from './cuts.ts';
import { KIND, type SignedEvent, tagValue } from './event.ts';

interface RoomCuts {
  readonly removed: ReadonlySet<string>;
  /** By the 3911; what the rooms' 3912 say is added. */
  readonly cuts: Cuts;
  /** Ids of removed keys' events that count by the cuts so far. */
  readonly accepted: () => ReadonlySet<string>;
  /** Whether the author, were it not removed, may write a 3912. */
  readonly maySign: (pubkey: string) => boolean;
}

/**
 * Adds where the chains of removed keys end in the rooms. Live keys are heard first. Where none of them says anything
 * of a key in a room, the 3912 of those who were removed later are heard too, if they lie behind *their* cuts: or the
 * removal of an admin would undo the cuts that it wrote, and what a thief appended behind them would count again.
 * Once somebody nearer to the living has spoken on a chain, nobody further away is heard on it.
 */
export function addRoomCuts(events: readonly SignedEvent[], { removed, cuts, accepted, maySign }: RoomCuts): void {
  const said = events
    .filter((event) => event.kind === KIND.key && maySign(event.pubkey))
    .map((event) => ({ event, d: tagValue(event, 'd') ?? '', ends: parseRoomCuts(event.content) }))
    .filter(({ ends }) => ends.length > 0);
  let heard = said.filter(({ event }) => !removed.has(event.pubkey));
  let settled = new Set<string>();
  for (;;) {
    const fresh = heard.flatMap(({ event, d, ends }) =>
      ends
        .filter(({ pk }) => removed.has(pk) && pk !== event.pubkey && !settled.has(`${pk} ${d}`))
        .map((end) => ({ ...end, d })),
    );
    for (const { pk, d, ids } of fresh) cuts.add(pk, d, ids);
    if (settled.size > 0 && fresh.length === 0) return;
    settled = cuts.chains();
    const behind = accepted();
    heard = said.filter(({ event }) => removed.has(event.pubkey) && behind.has(event.id));
    if (heard.length === 0) return;
  }
}
