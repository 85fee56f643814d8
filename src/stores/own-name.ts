import { computed } from 'nanostores';
import { KIND } from '../model/event.ts';
import { may } from '../model/roster.ts';
import { $roster } from './claims.ts';
import { $device, type Device } from './device.ts';
import { report, sentenceOf } from './local.ts';
import { $names, $room, sayName } from './room.ts';
import type { Scratch } from './scratch.ts';

const PLACE = 'name';

/** What this device is called; empty where nobody has said it yet. */
export const $ownName = computed([$names, $device], (names, device) =>
  device === null ? '' : (names.get(device.pubkey) ?? device.name ?? ''),
);

/** Whether this device's role lets it write in the room; observers only read. */
export const $maySay = computed(
  [$roster, $device],
  (roster, device) => roster !== null && device !== null && may(roster, device.pubkey, KIND.sealed),
);

/** Tells the room the name that was given while enrolling, as soon as the room can be read; until then it is kept sealed. */
export async function followOwnName(device: Device, scratch: Scratch): Promise<() => void> {
  if (device.name !== null) await scratch.write(PLACE, device.name);
  const name = await scratch.read(PLACE);
  let told = name === null;
  return $room.subscribe((room) => {
    if (told || name === null || room.type !== 'open' || !$maySay.get()) return;
    told = true;
    if ($names.get().has(device.pubkey)) return;
    sayName(name).catch((error: unknown) => report(sentenceOf(error)));
  });
}
