import type { SignedEvent } from '../../model/event.ts';
import { filterOf, type SetName } from '../held.ts';
import { exchange } from './channel-exchange.ts';
import { type Link, type Paging, type Round, withSync } from './channel-state.ts';
import { ask, type Turn, tell } from './channel-turn.ts';

const PAGE = 500;

/** For relays without NIP-77: all their events of the set, newest first. */
export function readFirstPage(link: Link, set: SetName, start: Round, turn: Turn): Link {
  const paging: Paging = { type: 'paging', ...start, theirs: new Set(), page: [], oldest: Infinity, until: null };
  return ask(withSync(link, set, paging), ['REQ', `page-${set}`, filterOf(link.org, set, { limit: PAGE })], turn);
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
  return ask(
    withSync(closed, set, next),
    ['REQ', `page-${set}`, filterOf(link.org, set, { limit: PAGE, until })],
    turn,
  );
}
