// Loaded after the verifier, and only when a publisher's key is not yet known on this device.
import { KIND, organisation, type SignedEvent } from '../model/event.ts';
import { foldRoster, liveKeys, may } from '../model/roster.ts';
import { verifyEvent } from './verifier.ts';

/** Those of `values` that are rosters of this organisation, each once; what does not verify is left out. */
export function verifiedRosters(values: readonly unknown[], root: string): readonly SignedEvent[] {
  const rosters = values.flatMap((value) => {
    const verified = verifyEvent(value, organisation(root));
    return verified.type === 'ok' && verified.event.kind === KIND.roster ? [verified.event] : [];
  });
  return [...new Map(rosters.map((event) => [event.id, event])).values()];
}

/** Keys that may sign a snapshot, by the rosters that chain to `root`. */
export function publisherKeys(rosters: readonly SignedEvent[], root: string): readonly string[] {
  const roster = foldRoster(rosters, root);
  return liveKeys(roster).flatMap(({ pk }) => (may(roster, pk, KIND.snapshot) ? [pk] : []));
}
