import { KINDS_OF, type SetName } from '../held.ts';
import { BATCH, LIMIT } from './channel-limits.ts';
import { type Comparing, type Link, type Sync, withSync } from './channel-state.ts';
import { ask, type Turn } from './channel-turn.ts';
import { enqueue } from './channel-upload.ts';

/** Ids that are remembered for one relay: some 10 MB. */
const MOST_STRANGERS = 100_000;

type Found = Pick<Comparing, 'upTo' | 'have' | 'need' | 'before'>;

/** Both sides are known: sends what the relay lacks and fetches what this device lacks. */
export function exchange(link: Link, set: SetName, found: Found, turn: Turn): Link {
  turn.outputs.push({ type: 'compared', set, upTo: found.upTo, lacking: found.have });
  const lacking = found.have.filter((id) => !link.refused.has(id) && turn.held.get(id) !== undefined);
  // Who has sent so many strangers that they are no longer counted is asked for nothing more until the roster changes.
  const offered = link.strangers.size < MOST_STRANGERS ? found.need : [];
  const wanted = offered.filter((id) => !turn.held.isPurged(id) && !link.strangers.has(id));
  const sending = enqueue(link, lacking, turn);
  // Each device starts elsewhere in the list, so that two relays rarely send the same events.
  const start = Math.floor(turn.random() * wanted.length);
  const need = [...wanted.slice(start), ...wanted.slice(0, start)];
  const fetching = {
    type: 'fetching',
    need,
    found: lacking.length + need.length,
    before: found.before,
    strangers: [],
  } as const;
  return fetchNext(withSync(sending, set, { ...fetching, progressAt: turn.now }), set, turn);
}

/** Asks for the next batch of ids; when there is none left, the round is over. */
export function fetchNext(link: Link, set: SetName, turn: Turn): Link {
  const sync = link.sync[set];
  if (sync.type !== 'fetching') return link;
  if (sync.strangers.length > 0) return fetchNext(putAside(link, set, sync), set, turn);
  const need = sync.need.filter((id) => turn.held.get(id) === undefined && !turn.held.isPurged(id));
  if (need.length === 0) return finish(link, set, sync.found, sync.before, turn);
  const next: Sync = { ...sync, need: need.slice(BATCH), progressAt: turn.now };
  return ask(
    withSync(link, set, next),
    ['REQ', `fetch-${set}`, { ids: need.slice(0, BATCH), kinds: KINDS_OF[set] }],
    turn,
  );
}

/** How long two sides that hold the same are left alone. */
function pauseOf({ negentropy, isLive, settled }: Link, set: SetName): number {
  // Reading pages is dear, so it is rare; but the first may have come from a relay's memory, without the newest event.
  if (!negentropy && settled[set]) return LIMIT.repeatPages;
  return isLive ? LIMIT.repeat : LIMIT.repeatSilent;
}

/** What a batch brought of authors that no roster names. */
function putAside(link: Link, set: SetName, sync: Extract<Sync, { type: 'fetching' }>): Link {
  const strangers = new Set([...link.strangers, ...sync.strangers]);
  return withSync({ ...link, strangers }, set, { ...sync, strangers: [] });
}

/** What differed is compared again at once, as long as that brings the two closer. */
function finish(link: Link, set: SetName, found: number, before: number, turn: Turn): Link {
  const settled = found === 0 || found === before;
  const nextAt = turn.now + (settled ? pauseOf(link, set) : LIMIT.again);
  const next = { ...link, settled: { ...link.settled, [set]: settled } };
  return withSync(next, set, { type: 'idle', nextAt, differences: found });
}
