import { utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical } from '../model/canonical.ts';
import { cleaned } from '../model/clean.ts';
import { type Hlc, nextHlc } from '../model/clock.ts';
import { chainName, KIND, type SignedEvent } from '../model/event.ts';
import type { Log } from './log.ts';
import { MAX_SEALED_BYTES, type Rooms } from './room.ts';
import { writeRoster } from './roster-writer.ts';
import { seal } from './seal.ts';

/**
 * Names the room that takes what watchers seal, with its epoch of today and whom that is wrapped to. Relays show the
 * rooms' own 3912 to reading roles alone (DESIGN §7), so a watcher learns `k` from the roster, which is open.
 */
export function nameAlertRoom(log: Log, rooms: Rooms, room: string): Promise<SignedEvent> {
  const alerts = alertsFor(rooms, room);
  if (alerts === undefined)
    throw new Error('This device has no epoch of that room to name: an admin must grant it one.');
  return writeRoster(log, { set: { alerts: [log.roster().versions.alerts + 1, alerts] } });
}

/** What the setting says of a room now: its id, `k`, and the device keys that `k` is wrapped to. */
function alertsFor(rooms: Rooms, room: string): string[] | undefined {
  const { current, wrapped } = rooms.epochs(room);
  return current === undefined ? undefined : [room, current.k, ...wrapped];
}

/**
 * Seals for a room without being able to read it: what watchers do with `alert` and `mirror`. Such a message names no
 * parents. Rejects with one sentence where no room is named, or where the named epoch is wrapped to a removed key.
 */
export function createBlindWriter(log: Log, deviceSecret: Uint8Array) {
  let last: Hlc = [0, 0];
  return async (type: string, body: unknown): Promise<SignedEvent> => {
    const { settings, removed } = log.roster();
    const [room, k, ...wrapped] = settings.alerts;
    if (room === undefined || k === undefined)
      throw new Error('No room takes alerts yet: an admin must name one in the roster.');
    if (wrapped.some((pk) => removed.has(pk)))
      throw new Error(
        'The room for alerts has no epoch without a removed device yet: an admin must open the bridge once.',
      );
    last = nextHlc(log.platform.now(), [last]);
    const text = canonical({ v: 1, type, hlc: last, parents: [], body: cleaned(body) });
    if (utf8ToBytes(text).length > MAX_SEALED_BYTES)
      throw new Error('This message is longer than 40 kB and was not sent: shorten it.');
    const content = seal(text, { secret: deviceSecret, publicKey: k }, log.platform);
    return log.append({ kind: KIND.sealed, d: chainName.room(room), content, tags: [['k', k]] });
  };
}
