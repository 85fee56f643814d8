import { canonical } from '../model/canonical.ts';
import { chainName, KIND, organisation, type SignedEvent } from '../model/event.ts';
import type { RosterStatementInput } from '../model/roster-statement.ts';
import { tipsOf } from './chain-tips.ts';
import { publicKeyOf, signEvent } from './event.ts';
import type { Log } from './log.ts';
import type { Rooms } from './room.ts';

/** What a roster event says; what is left out is empty. */
export type Says = Partial<Omit<RosterStatementInput, 'v' | 'gen'>>;

/** Appends a 3911 by this (admin's) device. */
export function writeRoster(log: Log, says: Says): Promise<SignedEvent> {
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
 * then the removal itself with the ends of its chains. What it wrote until then goes on counting.
 */
export async function removeDevice(log: Log, rooms: Rooms, publicKey: string): Promise<SignedEvent> {
  await rooms.renew(publicKey);
  const cut = Object.fromEntries(
    [chainName.roster(log.org), chainName.status(log.org)].map((d) => [
      d,
      [...tipsOf(log.events(), log.roster(), publicKey, d)],
    ]),
  );
  return writeRoster(log, { removes: [{ pk: publicKey, cut }] });
}

function rosterContent(generation: number, says: Says): string {
  return canonical({ grants: [], removes: [], invites: [], set: {}, purges: [], ...says, v: 1, gen: generation });
}
