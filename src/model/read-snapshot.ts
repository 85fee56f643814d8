import { parseCanonical } from './canonical.ts';
import { KIND, type SignedEvent } from './event.ts';
import { parseSnapshot } from './parse-snapshot.ts';
import { may, type Roster } from './roster.ts';
import type { Snapshot } from './snapshot.ts';

/** The content of a verified 33915; null when its author is no live publisher or its form is not that of a snapshot. */
export function readSnapshot(event: SignedEvent, roster: Roster): Snapshot | null {
  if (event.kind !== KIND.snapshot || !may(roster, event.pubkey, KIND.snapshot)) return null;
  return parseCanonical(event.content) === undefined ? null : parseSnapshot(event.content);
}
