import { parseCanonical } from './canonical.ts';
import { KIND, type SignedEvent } from './event.ts';
import { may, type Roster } from './roster.ts';
import type { Snapshot } from './snapshot.ts';

/** The content of a verified 33915; null when its author is no live publisher or its form is not that of a snapshot. */
export function readSnapshot(event: SignedEvent, roster: Roster): Snapshot | null {
  if (event.kind !== KIND.snapshot || !may(roster, event.pubkey, KIND.snapshot)) return null;
  const value = parseCanonical(event.content) as unknown as Snapshot | undefined;
  const isWhole = value?.v === 1 && Array.isArray(value.state?.components) && Array.isArray(value.state.incidents);
  return isWhole ? value : null;
}

/** Whether the public page shows the update with this event id. */
export function shows(snapshot: Snapshot, id: string): boolean {
  const incidents = [...snapshot.state.incidents, ...snapshot.state.recent];
  return incidents.some((incident) => incident.updates.some((update) => update.id === id));
}
