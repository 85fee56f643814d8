import { computed } from 'nanostores';
import type { Log } from '../log/log.ts';
import { type ChainView, createChains } from '../model/chains.ts';
import { $roster } from './claims.ts';
import { $device } from './device.ts';
import { $version } from './log.ts';
import { $names } from './room.ts';

/** What one device's chain lacks here, or has twice. */
export interface ChainDoubt {
  readonly key: string;
  /** Null where nobody has named the member. */
  readonly name: string | null;
  readonly mine: boolean;
  readonly missing: number;
  /** Such as "12–14, 17". */
  readonly places: string;
  readonly forked: boolean;
}

let chains = createChains();

/** Counts every event once, as it comes. */
export function followChains(log: Log): () => void {
  chains = createChains();
  chains.add(log.events());
  return log.onEvents(chains.add);
}

/** Chains of devices on the roster with gaps or with two events in one place. */
export const $chainDoubts = computed(
  [$version, $roster, $names, $device],
  (_, roster, names, device): readonly ChainDoubt[] =>
    chains
      .views()
      .filter(({ pubkey, gaps, forks }) => roster?.keys.has(pubkey) === true && gaps.length + forks.length > 0)
      .map((view) => ({
        key: `${view.pubkey} ${view.d}`,
        name: names.get(roster?.keys.get(view.pubkey)?.member ?? '') ?? null,
        mine: view.pubkey === device?.pubkey,
        missing: view.gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0),
        places: placesText(view),
        forked: view.forks.length > 0,
      })),
);

function placesText({ gaps }: ChainView): string {
  return gaps.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
