import { computed } from 'nanostores';
import { removeDevice } from '../log/people/roster-writer.ts';
import { KIND } from '../model/event.ts';
import { READING_ROLES, type Role } from '../model/roles.ts';
import { may, type RosterKey } from '../model/roster.ts';
import { $roster } from './claims.ts';
import { $device } from './device.ts';
import { $log } from './log.ts';
import { $names, $rooms } from './room.ts';

/** One key of the roster. */
export interface DeviceView {
  readonly pk: string;
  readonly roles: readonly Role[];
  readonly vantage: string | null;
  readonly removed: boolean;
  readonly mine: boolean;
}

/** A person with their devices, or a server with its keys. */
export interface MemberView {
  readonly id: string;
  /** Null while locked, and where no admin has said one. */
  readonly name: string | null;
  readonly mine: boolean;
  /** False for watchers and publishers, which are no persons. */
  readonly reads: boolean;
  readonly devices: readonly DeviceView[];
}

/** Everybody that the roster names: oneself first, then by name. */
export const $members = computed([$roster, $names, $device], (roster, names, device): readonly MemberView[] => {
  const own = device?.pubkey;
  const members = [...Map.groupBy(roster?.keys.values() ?? [], ({ member }) => member)].map(([id, keys]) => ({
    id,
    name: names.get(id) ?? null,
    mine: keys.some(({ pk }) => pk === own),
    reads: keys.some(({ roles }) => roles.some((role) => READING_ROLES.includes(role))),
    devices: keys.map((key) => deviceOf(key, own)),
  }));
  return members.sort((a, b) => Number(b.mine) - Number(a.mine) || nameOf(a).localeCompare(nameOf(b)));
});

/** Whether this device may let in and remove. */
export const $isAdmin = computed(
  [$roster, $device],
  (roster, device) => roster !== null && device !== null && may(roster, device.pubkey, KIND.roster),
);

/** Removes a device for ever; resolves once that is on this device. Rejects with one sentence. */
export async function remove(pk: string): Promise<void> {
  const [log, rooms] = [$log.get(), $rooms.get()];
  if (log === null || rooms === null) throw new Error('This device is locked: unlock it before removing another.');
  await removeDevice(log, rooms, pk);
}

function deviceOf({ pk, roles, vantage, removed }: RosterKey, own: string | undefined): DeviceView {
  return { pk, roles, vantage, removed, mine: pk === own };
}

/** Nameless ones last. */
function nameOf({ name, id }: MemberView): string {
  return name ?? `\uffff${id}`;
}
