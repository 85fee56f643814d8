import { bytesToHex } from '@noble/hashes/utils.js';
import type { Role } from '../../model/roles.ts';
import { isReader } from '../../model/roster.ts';
import type { Log } from '../log.ts';
import type { Rooms } from '../rooms/room.ts';
import { mustBeDeviceKey } from './device-key.ts';
import { nameAlertRoom, writeRoster } from './roster-writer.ts';

/** What a device key is granted. */
export interface Enrolment {
  readonly roles: readonly Role[];
  /** The person that the device belongs to; left out: somebody new. */
  readonly member?: string;
  /** The name under which a watcher's observations count. */
  readonly vantage?: string;
  /** Told sealed in the main room; left out: said already, or a service without one. */
  readonly name?: string;
}

/**
 * Grants a device key by this admin's device: the statement, then, for roles that read, a wrap of every room with all its
 * history, then the sealed name. Resolves with the member's id. Rejects with one sentence; doing it twice does no harm.
 */
export async function enrolDevice(log: Log, rooms: Rooms, publicKey: string, enrolment: Enrolment): Promise<string> {
  const { roles, vantage, name } = enrolment;
  mustBeDeviceKey(publicKey, log.root);
  if (log.roster().removed.has(publicKey)) {
    throw new Error('This device was removed, and that is for ever: make a fresh key on it and enrol that one.');
  }
  const member = enrolment.member ?? bytesToHex(log.platform.random(16));
  const grant = { pk: publicKey, member, roles: [...roles], ...(vantage === undefined ? {} : { vantage }) };
  await writeRoster(log, { grants: [grant] });
  if (isReader(log.roster(), publicKey)) await rooms.grant(publicKey);
  // Whom the watchers' epoch is wrapped to stands in the roster, so that a later removal of this device stops its use.
  await nameAlertRoom(log, rooms);
  const room = rooms.main('room');
  if (name !== undefined && room !== undefined) await rooms.say(room.id, 'member', { member, name });
  return member;
}
