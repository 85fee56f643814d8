import { isSynced } from './channel.ts';
import type { Link } from './channel-state.ts';

/** A relay as a page may show it. */
export interface LinkView {
  readonly relay: string;
  readonly state: 'connecting' | 'open' | 'waiting';
  /** Both sides held the same at the last comparison, but for `refused` and `parked`, and nothing waits to be sent. */
  readonly synced: boolean;
  /** Why the last connection ended; null while it is heard. */
  readonly reason: string | null;
  /** Events that this relay will never take, with its own words. */
  readonly refused: ReadonlyMap<string, string>;
  /** Events that it does not take now, with its own words: it does not know their author, or this device. */
  readonly parked: ReadonlyMap<string, string>;
  /** How many events came from it that do not verify. */
  readonly rejected: number;
}

/** `isDoubted`: the relay was seen to lack what it had acknowledged. */
export function viewOf(relay: string, link: Link, rejected: number, isDoubted = false): LinkView {
  const { phase, reason, refused, upload } = link;
  const state = phase === 'closed' ? 'waiting' : phase;
  const synced = isSynced(link) && !isDoubted;
  return { relay, state, synced, reason, refused, parked: upload.parked, rejected };
}

export function isSameView(a: LinkView, b: LinkView): boolean {
  return (
    a.state === b.state &&
    a.synced === b.synced &&
    a.reason === b.reason &&
    a.refused === b.refused &&
    a.parked === b.parked &&
    a.rejected === b.rejected
  );
}
