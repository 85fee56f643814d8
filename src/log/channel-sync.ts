import type { SignedEvent } from '../model/event.ts';
import {
  ask,
  BATCH,
  type Comparing,
  LIMIT,
  type Link,
  type Paging,
  type Sync,
  type Turn,
  tell,
  withSync,
} from './channel-state.ts';
import { enqueue, isUploading } from './channel-upload.ts';
import { KINDS_OF, type SetName } from './held.ts';
import { initiate, reconcile } from './negentropy.ts';

/** More rounds than this only a liar needs (measured: 54 for an empty client and 100,000 events). */
const MAX_ROUNDS = 500;
const PAGE = 500;

/** Begins to compare a set with the relay: always the whole set, never `since`, never a cursor. */
export function compare(link: Link, set: SetName, turn: Turn): Link {
  const last = link.sync[set];
  const start = {
    upTo: turn.held.arrived(set).length,
    before: last.type === 'idle' ? last.differences : 0,
    progressAt: turn.now,
  };
  if (!link.negentropy) {
    const paging: Paging = { type: 'paging', ...start, theirs: new Set(), page: [], oldest: Infinity, until: null };
    return ask(withSync(link, set, paging), ['REQ', `page-${set}`, filterOf(link, set, { limit: PAGE })], turn);
  }
  const comparing: Comparing = { type: 'comparing', ...start, have: [], need: [], rounds: 0 };
  const first = initiate(turn.held.index(set));
  return ask(withSync(link, set, comparing), ['NEG-OPEN', `neg-${set}`, filterOf(link, set), first], turn);
}

/** One answer of the relay's side of NIP-77. */
export function hearComparison(link: Link, set: SetName, message: string, turn: Turn): Link {
  const sync = link.sync[set];
  if (sync.type !== 'comparing') return link;
  const { have, need, next } = reconcile(turn.held.index(set), message);
  const now: Comparing = {
    ...sync,
    have: [...sync.have, ...have],
    need: [...sync.need, ...need],
    rounds: sync.rounds + 1,
    progressAt: turn.now,
  };
  if (next !== null && now.rounds < MAX_ROUNDS) {
    return ask(withSync(link, set, now), ['NEG-MSG', `neg-${set}`, next], turn);
  }
  return exchange(tell(link, ['NEG-CLOSE', `neg-${set}`], turn), set, now, turn);
}

/** The relay knows no NIP-77: from now on, on this connection, ids are compared by reading pages. */
export function compareByPages(link: Link, set: SetName, turn: Turn): Link {
  return compare({ ...link, negentropy: false }, set, turn);
}

/** An event of a page, verified already. */
export function hearPaged(link: Link, set: SetName, event: SignedEvent): Link {
  const sync = link.sync[set];
  if (sync.type !== 'paging' || sync.theirs.has(event.id)) return link;
  const oldest = Math.min(sync.oldest, event.created_at);
  return withSync(link, set, { ...sync, page: [...sync.page, event.id], oldest });
}

/** End of a page: on to the older ones, overlapping by one second, until a page brings nothing new. */
export function hearEndOfPage(link: Link, set: SetName, turn: Turn): Link {
  const sync = link.sync[set];
  if (sync.type !== 'paging') return link;
  const closed = tell(link, ['CLOSE', `page-${set}`], turn);
  if (sync.page.length === 0) {
    const have = turn.held
      .arrived(set)
      .slice(0, sync.upTo)
      .filter((id) => !sync.theirs.has(id));
    return exchange(closed, set, { ...sync, have, need: [] }, turn);
  }
  // A second that fills a whole page cannot be paged through; NIP-77 exists for that.
  const until = sync.oldest === sync.until ? sync.oldest - 1 : sync.oldest;
  const theirs = new Set([...sync.theirs, ...sync.page]);
  const next: Paging = { ...sync, theirs, page: [], until, progressAt: turn.now };
  return ask(withSync(closed, set, next), ['REQ', `page-${set}`, filterOf(link, set, { limit: PAGE, until })], turn);
}

type Found = Pick<Comparing, 'upTo' | 'have' | 'need' | 'before'>;

/** Both sides are known: sends what the relay lacks and fetches what this device lacks. */
function exchange(link: Link, set: SetName, found: Found, turn: Turn): Link {
  turn.outputs.push({ type: 'compared', set, upTo: found.upTo, lacking: found.have });
  const lacking = found.have.filter((id) => !link.refused.has(id));
  const sending = enqueue(link, lacking, turn);
  // Each device starts elsewhere in the list, so that two relays rarely send the same events.
  const start = Math.floor(turn.random() * found.need.length);
  const need = [...found.need.slice(start), ...found.need.slice(0, start)];
  const fetching = { type: 'fetching', need, found: lacking.length + need.length, before: found.before } as const;
  return fetchNext(withSync(sending, set, { ...fetching, progressAt: turn.now }), set, turn);
}

/** Asks for the next batch of ids; when there is none left, the round is over. */
export function fetchNext(link: Link, set: SetName, turn: Turn): Link {
  const sync = link.sync[set];
  if (sync.type !== 'fetching') return link;
  const need = sync.need.filter((id) => turn.held.get(id) === undefined);
  if (need.length === 0) return finish(link, set, sync.found, sync.before, turn);
  const next: Sync = { ...sync, need: need.slice(BATCH), progressAt: turn.now };
  return ask(
    withSync(link, set, next),
    ['REQ', `fetch-${set}`, { ids: need.slice(0, BATCH), kinds: KINDS_OF[set] }],
    turn,
  );
}

/** What differed is compared again at once, as long as that brings the two closer. */
function finish(link: Link, set: SetName, found: number, before: number, turn: Turn): Link {
  const settled = found === 0 || found === before;
  const nextAt = turn.now + (settled ? LIMIT.repeat : LIMIT.again);
  const next = { ...link, settled: { ...link.settled, [set]: settled } };
  return withSync(next, set, { type: 'idle', nextAt, differences: found });
}

/** Starts what is due, and gives up on a comparison that the relay does not go on with. */
export function continueSync(link: Link, set: SetName, turn: Turn): Link {
  const sync = link.sync[set];
  if (sync.type === 'comparing' && sync.rounds === 0 && sync.progressAt + LIMIT.answer <= turn.now) {
    return compareByPages(link, set, turn);
  }
  if (sync.type !== 'idle' || sync.nextAt > turn.now) return link;
  if (!isUploading(link)) return compare(link, set, turn);
  return withSync(link, set, { ...sync, nextAt: turn.now + LIMIT.again });
}

export function syncDue(sync: Sync): number | null {
  if (sync.type === 'off') return null;
  if (sync.type === 'idle' || sync.type === 'refused') return sync.nextAt;
  return sync.progressAt + (sync.type === 'comparing' && sync.rounds === 0 ? LIMIT.answer : LIMIT.progress);
}

export function hasStalled(sync: Sync, now: number): boolean {
  return 'progressAt' in sync && sync.progressAt + LIMIT.progress <= now;
}

function filterOf(link: Link, set: SetName, more: object = {}): object {
  return { kinds: KINDS_OF[set], '#o': [link.org], ...more };
}
