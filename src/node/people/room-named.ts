import type { Room, Rooms } from '../../log/rooms/room.ts';
import { PlainError } from '../plain-error.ts';

/** The room of this name or id; with none given, the one that all members share. @throws PlainError */
export function roomNamed(rooms: Rooms, wanted?: string): Room {
  const known = rooms.list();
  if (wanted === undefined) {
    const main = rooms.main('room');
    if (main === undefined) throw new PlainError('This device has no room yet; an admin must enrol it first.');
    return main;
  }
  const found = known.filter(({ id, name }) => id === wanted || name === wanted);
  const [room] = found;
  if (room !== undefined && found.length === 1) return room;
  const what = found.length === 0 ? `knows no room "${wanted}"` : `knows ${found.length} rooms "${wanted}"`;
  const listed = known.map(({ id, name }) => `${name} (${id})`).join(', ');
  throw new PlainError(`This device ${what}; it knows ${listed === '' ? 'none' : listed}.`);
}
