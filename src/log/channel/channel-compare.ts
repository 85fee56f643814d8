import { filterOf, type SetName } from '../held.ts';
import { initiate, reconcile } from '../negentropy/negentropy.ts';
import { exchange } from './channel-exchange.ts';
import { LIMIT } from './channel-limits.ts';
import { readFirstPage } from './channel-pages.ts';
import { type Comparing, type Link, type Sync, withSync } from './channel-state.ts';
import { ask, type Turn, tell } from './channel-turn.ts';
import { isUploading } from './channel-upload.ts';

/** More rounds than this only a liar needs (measured: 54 for an empty client and 100,000 events). */
const MAX_ROUNDS = 500;

/** Begins to compare a set with the relay: always the whole set, never `since`, never a cursor. */
export function compare(link: Link, set: SetName, turn: Turn): Link {
  const last = link.sync[set];
  const start = {
    upTo: turn.held.arrived(set).length,
    before: last.type === 'idle' ? last.differences : 0,
    progressAt: turn.now,
  };
  if (!link.negentropy) return readFirstPage(link, set, start, turn);
  const comparing: Comparing = { type: 'comparing', ...start, have: [], need: [], rounds: 0 };
  const first = initiate(turn.held.index(set));
  return ask(withSync(link, set, comparing), ['NEG-OPEN', `neg-${set}`, filterOf(link.org, set), first], turn);
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
  if (now.rounds > MAX_ROUNDS) throw new Error('never ends a comparison');
  if (next !== null) return ask(withSync(link, set, now), ['NEG-MSG', `neg-${set}`, next], turn);
  return exchange(tell(link, ['NEG-CLOSE', `neg-${set}`], turn), set, now, turn);
}

/** The relay knows no NIP-77: from now on, on this connection, ids are compared by reading pages. */
export function compareByPages(link: Link, set: SetName, turn: Turn): Link {
  return compare({ ...link, negentropy: false }, set, turn);
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
