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

/** Where the chains of removed keys end: for each key and `d`, every cut that was named. */
export interface Cuts {
  add(pubkey: string, d: string, ids: readonly string[]): void;
  /** `<key> <d>` of every chain that has a cut. */
  chains(): Set<string>;
  /** Every id that some cut names. */
  ids(): ReadonlySet<string>;
  /**
   * Ids of the events that lie at or behind *every* cut of their chain: reachable by `prev` through events of the same
   * key and `d`. A chain without a cut, or with an empty one, has none.
   */
  behind(byId: ReadonlyMap<string, SignedEvent>): ReadonlySet<string>;
}

export function createCuts(): Cuts {
  const cuts = new Map<string, string[][]>();
  return {
    add: (pubkey, d, ids) => {
      const chain = `${pubkey} ${d}`;
      cuts.set(chain, [...(cuts.get(chain) ?? []), [...ids]]);
    },
    chains: () => new Set(cuts.keys()),
    ids: () => new Set([...cuts.values()].flat(2)),
    behind: (byId) =>
      new Set(
        [...cuts].flatMap(([chain, named]) => {
          const isOfChain = (event: SignedEvent) => `${event.pubkey} ${tagValue(event, 'd')}` === chain;
          const [first, ...others] = named.map((ids) => reachable(byId, ids, isOfChain));
          return [...(first ?? [])].filter((id) => others.every((reached) => reached.has(id)));
        }),
      ),
  };
}

/** Ids of the held events of one chain that are reached from `from` by `prev`. */
export function reachable(
  byId: ReadonlyMap<string, SignedEvent>,
  from: readonly string[],
  isOfChain: (event: SignedEvent) => boolean,
): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const event = byId.get(id);
    if (event === undefined || found.has(id) || !isOfChain(event)) continue;
    found.add(id);
    const previous = previousId(event);
    if (previous !== undefined) open.push(previous);
  }
  return found;
}
