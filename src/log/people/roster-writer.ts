import { canonical } from '../../model/canonical.ts';
import { chainName, KIND, organisation, type SignedEvent } from '../../model/event.ts';
import { HIGHEST_NUMBER } from '../../model/roster-settings.ts';
import type { RosterStatementInput } from '../../model/roster-statement.ts';
import { publicKeyOf, signEvent } from '../event.ts';
import type { Log } from '../log.ts';
import type { Rooms } from '../rooms/room.ts';
import { tipsOf } from './chain-tips.ts';
import { mustBeDeviceKey } from './device-key.ts';

/** What a roster event says; what is left out is empty. */
export type Says = Partial<Omit<RosterStatementInput, 'v' | 'gen'>>;

/** Appends a 3911 by this (admin's) device. Rejects with one sentence where a setting's number would not count. */
export async function writeRoster(log: Log, says: Says): Promise<SignedEvent> {
  if (Object.values(says.set ?? {}).some(([number]) => number > HIGHEST_NUMBER)) {
    throw new Error(
      'An admin has used up the numbers of this setting: begin anew without that admin, by "lifeboat roster restart".',
    );
  }
  const content = rosterContent(log.roster().generation, says);
  return log.append({ kind: KIND.roster, d: chainName.roster(log.org), content });
}

/** A 3911 by the root itself, to be handed to `log.add`; the root's events carry no `s`. `now` in Unix milliseconds. */
export function signRootRoster(rootSecret: Uint8Array, says: Says, now: number, generation = 0): SignedEvent {
  const org = organisation(publicKeyOf(rootSecret));
  const tags = [
    ['o', org],
    ['d', chainName.roster(org)],
  ];
  const template = { created_at: Math.floor(now / 1000), kind: KIND.roster, tags };
  return signEvent({ ...template, content: rosterContent(generation, says) }, rootSecret);
}

/**
 * Removes a device for ever: new epochs without it first, so that nothing is sealed to it after the removal is known,
 * then the removal itself with the ends of its chains. What of it had reached this device goes on counting. Rejects with one
 * sentence, before anything is written, where this is no device's key.
 */
export async function removeDevice(log: Log, rooms: Rooms, publicKey: string): Promise<SignedEvent> {
  // What was granted by mistake or malice is no key, and may yet be removed.
  if (publicKey === log.root || !log.roster().keys.has(publicKey)) mustBeDeviceKey(publicKey, log.root);
  await rooms.renew(publicKey);
  const cut = Object.fromEntries(
    [chainName.roster(log.org), chainName.status(log.org)].map((d) => [
      d,
      [...tipsOf(log.events(), log.roster(), publicKey, d)],
    ]),
  );
  const removal = await writeRoster(log, { removes: [{ pk: publicKey, cut }] });
  // Watchers go on with the new epoch: the old one is wrapped to the device that has just been removed.
  await nameAlertRoom(log, rooms);
  return removal;
}

/**
 * Names the room that takes what watchers seal (the one named before, else the main one), with its epoch of today and
 * whom that is wrapped to; nothing where the roster says so already, or this device has no epoch to name.
 */
export async function nameAlertRoom(log: Log, rooms: Rooms): Promise<void> {
  const { settings, versions } = log.roster();
  // It can be named no more in this generation, which must not keep anybody from being let in or removed.
  if (versions.alerts >= HIGHEST_NUMBER) return;
  const room = settings.alerts[0] ?? rooms.main('room')?.id ?? '';
  const { current, wrapped } = rooms.epochs(room);
  const alerts = current === undefined ? settings.alerts : [room, current.k, ...wrapped];
  if (alerts.join() !== settings.alerts.join()) {
    await writeRoster(log, { set: { alerts: [versions.alerts + 1, [...alerts]] } });
  }
}

/** What a statement says of a purged event. */
export function stubWords({ id, pubkey, kind, created_at, tags }: SignedEvent) {
  return { id, pubkey, kind, created_at, tags: tags.map((tag) => [...tag]) };
}

function rosterContent(generation: number, says: Says): string {
  return canonical({ grants: [], removes: [], invites: [], set: {}, purges: [], ...says, v: 1, gen: generation });
}
