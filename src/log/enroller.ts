import { bytesToHex } from '@noble/hashes/utils.js';
import { KIND, type SignedEvent } from '../model/event.ts';
import type { Role } from '../model/roles.ts';
import { fourWords } from './invite.ts';
import { type JoinRequest, openJoinRequest } from './join.ts';
import type { Log } from './log.ts';
import type { Rooms } from './room.ts';
import { writeRoster } from './roster-writer.ts';

interface Joined extends JoinRequest {
  readonly member: string;
  readonly roles: readonly Role[];
  /** To compare with the newcomer's screen. */
  readonly words: readonly string[];
}

export interface EnrollerOptions {
  readonly log: Log;
  readonly rooms: Rooms;
  /** The admin's device key, with which the log is unlocked. */
  readonly deviceSecret: Uint8Array;
  readonly invite: { readonly publicKey: string; readonly madeAt: number };
  readonly maxUses?: number;
  readonly maxAgeMs?: number;
  /** Roles of the newcomer who is the nth to use the invite, from 0. */
  readonly rolesOf?: (use: number) => readonly Role[];
  /** Asked before each grant, with the four words to compare; without it everybody who asks in time is let in. */
  readonly approve?: (request: JoinRequest, words: readonly string[]) => Promise<boolean>;
  readonly onJoined?: (joined: Joined) => void;
  /** One sentence on why a newcomer was not let in, or on what failed on the way. */
  readonly onProblem?: (sentence: string) => void;
}

/**
 * Answers the 3910 events of one invite while it runs: a grant, then wraps of every room, then the sealed name.
 * Age and use are judged by this device's own clock and log, so a restart counts right; answering twice does no harm.
 */
export function startEnroller(options: EnrollerOptions): { close(): void } {
  const { log, rooms, deviceSecret, invite, onJoined, onProblem } = options;
  const { maxUses = 10, maxAgeMs = 24 * 3_600_000, rolesOf = firstIsAdmin } = options;
  let work = Promise.resolve();

  const requests = (events: readonly SignedEvent[]) =>
    events
      .filter((event) => event.kind === KIND.join && event.pubkey === invite.publicKey)
      .flatMap((event) => openJoinRequest(event, deviceSecret) ?? []);

  function uses(): number {
    const granted = requests(log.events()).filter(({ pk }) => log.roster().keys.has(pk));
    return new Set(granted.map(({ pk }) => pk)).size;
  }

  async function answer(request: JoinRequest): Promise<void> {
    const { pk, name } = request;
    const known = log.roster().keys.get(pk);
    if (known !== undefined) {
      // Granted before, perhaps by a run that ended before it wrapped.
      if (!known.removed) await rooms.grant(pk);
      return;
    }
    const use = uses();
    const tooOld = log.platform.now() - invite.madeAt > maxAgeMs;
    if (tooOld || use >= maxUses) {
      onProblem?.(`${name} asked to join, but the invite ${tooOld ? 'is too old' : 'has been used up'}.`);
      return;
    }
    const words = fourWords(invite.publicKey, pk);
    if (options.approve !== undefined && !(await options.approve(request, words))) return;
    const member = bytesToHex(log.platform.random(16));
    const roles = rolesOf(use);
    await writeRoster(log, { grants: [{ pk, member, roles: [...roles] }] });
    await rooms.grant(pk);
    const room = rooms.main('room');
    if (room !== undefined) await rooms.say(room.id, 'member', { member, name });
    onJoined?.({ ...request, member, roles, words });
  }

  function consider(events: readonly SignedEvent[]): void {
    for (const request of requests(events)) {
      work = work
        .then(() => answer(request))
        .catch((error: unknown) => {
          onProblem?.(
            `${request.name} could not be enrolled: ${error instanceof Error ? error.message : String(error)}`,
          );
        });
    }
  }

  consider(log.events());
  return { close: log.onEvents(consider) };
}

function firstIsAdmin(use: number): readonly Role[] {
  return use === 0 ? ['admin', 'commander'] : ['responder'];
}
