import { chainPosition, type SignedEvent, tagValue } from './event.ts';
import { isAddressable } from './kind-sets.ts';

/** Places `from` to `to` (both included) of a chain that are not held although later ones are. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** What is held of one device's chain for one `d`. */
export interface ChainView {
  readonly pubkey: string;
  readonly d: string;
  /** The highest place held. */
  readonly highest: number;
  readonly gaps: readonly Gap[];
  /** Places that two or more events claim: the device was restored or copied. */
  readonly forks: readonly number[];
}

type Placed = Pick<SignedEvent, 'id' | 'pubkey' | 'kind' | 'tags'>;

/** The version vector of a set of events; grows with it, so that it need not be counted anew. */
export interface Chains {
  /** Adding an event twice changes nothing. */
  add(events: Iterable<Placed>): void;
  /** Every chain, by author and `d`. */
  views(): readonly ChainView[];
}

export function createChains(): Chains {
  const places = new Map<string, Map<number, Set<string>>>();
  const views = new Map<string, ChainView>();

  function add(event: Placed): void {
    const s = chainPosition(event);
    if (s === undefined || isAddressable(event.kind)) return;
    const name = `${event.pubkey} ${tagValue(event, 'd') ?? ''}`;
    const chain = places.get(name) ?? new Map<number, Set<string>>();
    places.set(name, chain.set(s, (chain.get(s) ?? new Set()).add(event.id)));
    views.delete(name);
  }

  return {
    add: (events) => {
      for (const event of events) add(event);
    },
    views: () =>
      [...places].map(([name, chain]) => {
        const view = views.get(name) ?? viewOf(name, chain);
        views.set(name, view);
        return view;
      }),
  };
}

/** The version vector of `events`, in any order. */
export function chainsOf(events: Iterable<Placed>): readonly ChainView[] {
  const chains = createChains();
  chains.add(events);
  return chains.views();
}

function viewOf(name: string, chain: ReadonlyMap<number, ReadonlySet<string>>): ChainView {
  const held = [...chain.keys()].sort((a, b) => a - b);
  const gaps = held.flatMap((s, position) => {
    const before = held[position - 1] ?? 0;
    return s > before + 1 ? [{ from: before + 1, to: s - 1 }] : [];
  });
  const forks = held.filter((s) => (chain.get(s)?.size ?? 0) > 1);
  return { pubkey: name.slice(0, 64), d: name.slice(65), highest: held.at(-1) ?? 0, gaps, forks };
}
