import * as v from 'valibot';
import { parseCanonical } from './canonical.ts';
import { previousId, type SignedEvent, tagValue } from './event.ts';

/** Where the chain of a removed key ends in one room: written into that room's next 3912. */
export interface RoomCut {
  readonly pk: string;
  readonly ids: readonly string[];
}

const hex64 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const keyContent = v.object({ cuts: v.optional(v.array(v.object({ pk: hex64, ids: v.array(hex64) })), []) });

/** The cuts in the clear content of a 3912; none where it has another shape. */
export function parseRoomCuts(content: string): readonly RoomCut[] {
  const result = v.safeParse(keyContent, parseCanonical(content));
  return result.success ? result.output.cuts : [];
}

/**
 * Ids of the events of `pubkey` in `d` that lie at or behind *every* one of `cuts`: reachable by `prev` through held
 * events of the same key and `d`. No cut at all accepts nothing.
 */
export function eventsBehindCuts(
  byId: ReadonlyMap<string, SignedEvent>,
  pubkey: string,
  d: string,
  cuts: readonly (readonly string[])[],
): ReadonlySet<string> {
  const [first, ...others] = cuts.map((ids) => reachable(byId, pubkey, d, ids));
  return new Set([...(first ?? [])].filter((id) => others.every((behind) => behind.has(id))));
}

function reachable(byId: ReadonlyMap<string, SignedEvent>, pubkey: string, d: string, from: readonly string[]) {
  const found = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const event = byId.get(id);
    if (event === undefined || found.has(id) || event.pubkey !== pubkey || tagValue(event, 'd') !== d) continue;
    found.add(id);
    const previous = previousId(event);
    if (previous !== undefined) open.push(previous);
  }
  return found;
}
