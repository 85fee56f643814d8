import type { Roster } from '../../model/roster.ts';
import type { Purpose } from './epoch.ts';
import type { RoomKeys } from './keyring.ts';

/**
 * Id of the room of this purpose that all members share: the one that the roster names for alerts; else of those that an admin
 * began, or where there is none of all, the one with the lowest id. So no new room of another member takes its place.
 */
export function mainRoom(known: Iterable<RoomKeys>, { settings }: Roster, purpose: Purpose): string | undefined {
  const named = settings.alerts[0];
  const rank = ({ id, begunByAdmin }: RoomKeys) => (id === named ? 2 : Number(begunByAdmin));
  const [main] = [...known]
    .filter((room) => room.purpose === purpose)
    .sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
  return main?.id;
}
