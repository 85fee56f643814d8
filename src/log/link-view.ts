import { isSynced } from './channel.ts';
import type { Link } from './channel-state.ts';

/** A relay as a page may show it. */
export interface LinkView {
  readonly relay: string;
  readonly state: 'connecting' | 'open' | 'waiting';
  /** Both sides held the same at the last comparison, and nothing waits to be sent. */
  readonly synced: boolean;
  /** Why the last connection ended; null while it is heard. */
  readonly reason: string | null;
  /** Events that this relay will never take, with its own words. */
  readonly refused: ReadonlyMap<string, string>;
  /** How many events came from it that do not verify. */
  readonly rejected: number;
}

export function viewOf(relay: string, link: Link, rejected: number): LinkView {
  const { phase, reason, refused } = link;
  return { relay, state: phase === 'closed' ? 'waiting' : phase, synced: isSynced(link), reason, refused, rejected };
}

export function isSameView(a: LinkView, b: LinkView): boolean {
  return (
    a.state === b.state &&
    a.synced === b.synced &&
    a.reason === b.reason &&
    a.refused === b.refused &&
    a.rejected === b.rejected
  );
}
