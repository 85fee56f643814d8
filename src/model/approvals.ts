import { bodyOf, type PublicEvent } from './public-event.ts';
import type { Roster } from './roster.ts';

/**
 * Ids of the incident updates that still wait for a second opinion: an `approve` by another member, or an `override`
 * with a reason. How many an update needs is the roster's word for its impact (0 where it has none).
 */
export function waitingForApproval(events: ReadonlyMap<string, PublicEvent>, roster: Roster): ReadonlySet<string> {
  const member = (pubkey: string) => roster.keys.get(pubkey)?.member;
  const settled = new Set<string>();
  for (const event of events.values()) {
    const approved = bodyOf.approve(event)?.event;
    const author = approved === undefined ? undefined : events.get(approved)?.pubkey;
    if (approved !== undefined && author !== undefined && member(author) !== member(event.pubkey))
      settled.add(approved);
    const override = bodyOf.override(event);
    if (override !== undefined && override.reason !== '') settled.add(override.event);
  }
  const waiting = [...events.values()].filter((event) => {
    const update = bodyOf.incidentUpdate(event);
    return update !== undefined && (roster.settings.approvals[update.impact] ?? 0) > 0 && !settled.has(event.id);
  });
  return new Set(waiting.map((event) => event.id));
}
