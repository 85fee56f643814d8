import { publicKeyOf } from '../../src/log/event.ts';
import { type Log, openLog } from '../../src/log/log.ts';
import { type Says, signRootRoster } from '../../src/log/people/roster-writer.ts';
import { openRooms, type Rooms } from '../../src/log/rooms/room.ts';
import { createMemoryStore } from '../../src/log/store/memory-store.ts';
import { nodePlatform } from '../../src/node/platform.ts';

const secretOf = (name: string) => new Uint8Array(Buffer.from(name.padEnd(32, '.')));

const rootSecret = secretOf('root');
export const ROOT = publicKeyOf(rootSecret);
const NOON = Date.UTC(2026, 10, 22, 12);

/** One enrolled or coming device: its own copy of the log, no relay. Events travel by `exchange`. */
export interface Device {
  readonly name: string;
  readonly secret: Uint8Array;
  readonly pk: string;
  readonly log: Log;
  readonly rooms: Rooms;
  readonly clock: { now: number };
}

export async function openDevice(name: string, now = NOON): Promise<Device> {
  const secret = secretOf(name);
  const clock = { now };
  const platform = { ...nodePlatform, now: () => clock.now };
  const log = await openLog({ root: ROOT, relays: [], store: createMemoryStore(), platform });
  log.unlock(secret);
  return { name, secret, pk: publicKeyOf(secret), log, rooms: openRooms(log, secret), clock };
}

export const rootSays = (says: Says, generation = 0) => signRootRoster(rootSecret, says, NOON, generation);

export function grantOf(device: Device, ...roles: string[]) {
  return { pk: device.pk, member: `member of ${device.name}`, roles };
}

/** Every device hands all it holds to every other, as relays would. */
export async function exchange(...devices: readonly Device[]): Promise<void> {
  const all = devices.flatMap(({ log }) => log.events());
  for (const { log } of devices) await log.add(all);
}
