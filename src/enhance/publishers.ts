// Loaded after the verifier, and only when a publisher's key is not yet known on this device.
import { KIND, organisation, type SignedEvent } from '../model/event.ts';
import { foldRoster, liveKeys, may } from '../model/roster.ts';
import { verifyEvent } from './verifier.ts';

/** Keys that may sign a snapshot, by a roster that chains to `root`; what does not verify counts for nothing. */
export function publisherKeys(values: readonly unknown[], root: string): readonly string[] {
  const rosters = values.flatMap((value): SignedEvent[] => {
    const verified = verifyEvent(value, organisation(root));
    return verified.type === 'ok' && verified.event.kind === KIND.roster ? [verified.event] : [];
  });
  const roster = foldRoster(rosters, root);
  return liveKeys(roster).flatMap(({ pk }) => (may(roster, pk, KIND.snapshot) ? [pk] : []));
}
