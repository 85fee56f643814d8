import type { Rooms } from '../../log/rooms/room.ts';
import { KIND } from '../../model/event.ts';
import { memberNames } from '../../model/members.ts';
import { may, type Roster, type RosterKey } from '../../model/roster.ts';
import type { OpenedLog } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';

/** Fewer digits than this are too easily another's. */
const SHORTEST = 8;

/** Names by member id, as far as this device reads the room in which they are told. */
export function namesOf(rooms: Rooms, roster: Roster): ReadonlyMap<string, string> {
  return memberNames(rooms.main('room')?.messages ?? [], roster);
}

/**
 * The keys that a person means: one device by its public key, or all of a member by id or name. Keys and ids may be cut
 * to their first digits, at least 8, as long as they fit one alone. @throws PlainError
 */
export function findKeys(roster: Roster, names: ReadonlyMap<string, string>, wanted: string): readonly RosterKey[] {
  const keys = [...roster.keys.values()];
  const fits = (id: string) => id === wanted || (wanted.length >= SHORTEST && id.startsWith(wanted));
  const devices = keys.filter(({ pk }) => fits(pk));
  const [device] = devices;
  if (device !== undefined && devices.length === 1) return [device];
  const members = new Set(keys.map(({ member }) => member).filter((id) => fits(id) || names.get(id) === wanted));
  const [member] = members;
  if (member !== undefined && members.size + devices.length === 1) return keys.filter((key) => key.member === member);
  if (members.size + devices.length === 0)
    throw new PlainError(`The roster names no device or member "${wanted}"; see "lifeboat roster".`);
  throw new PlainError(
    `"${wanted}" fits more than one device or member; give the whole public key, see "lifeboat roster".`,
  );
}

/** @throws PlainError where this device may not change the roster. */
export function mustBeAdmin({ log }: Pick<OpenedLog, 'log'>): void {
  if (may(log.roster(), log.pubkey ?? '', KIND.roster)) return;
  throw new PlainError('This device is no admin’s by the roster it holds: run this on one that is.', 1);
}
