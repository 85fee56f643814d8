// Loaded by the verifier's thread, and only when a publisher's key is not yet known on this device.
import { verifyEvent } from '../log/event.ts';
import { KIND, organisation, type SignedEvent } from '../model/event.ts';
import { foldRoster, liveKeys, may } from '../model/roster.ts';

export interface VerifiedRosters {
  /** Those that are rosters of this organisation, each once. */
  readonly rosters: readonly SignedEvent[];
  /** Keys that may sign a snapshot, by the rosters that chain to the root; null where none of these grants anybody anything. */
  readonly publishers: readonly string[] | null;
}

/** What does not verify is left out. */
export function checkRosters(values: readonly unknown[], root: string): VerifiedRosters {
  const sound = values.flatMap((value) => {
    const verified = verifyEvent(value, organisation(root));
    return verified.type === 'ok' && verified.event.kind === KIND.roster ? [verified.event] : [];
  });
  const rosters = [...new Map(sound.map((event) => [event.id, event])).values()];
  const roster = foldRoster(rosters, root);
  const publishers = liveKeys(roster).flatMap(({ pk }) => (may(roster, pk, KIND.snapshot) ? [pk] : []));
  return { rosters, publishers: roster.keys.size === 0 ? null : publishers };
}
