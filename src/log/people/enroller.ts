import type { SignedEvent } from '../../model/event.ts';
import type { Role } from '../../model/roles.ts';
import { liveKeys } from '../../model/roster.ts';
import type { Log } from '../log.ts';
import type { Rooms } from '../rooms/room.ts';
import { fourWords } from './invite.ts';
import type { JoinRequest } from './join.ts';
import { admitJoin, type InviteRecord, refusalOf, requestsOf } from './join-queue.ts';

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
  readonly invite: Pick<InviteRecord, 'publicKey' | 'madeAt'>;
  readonly maxUses?: number;
  readonly maxAgeMs?: number;
  /** Roles of the next newcomer; by default an admin until there is one beside this device, then a responder. */
  readonly rolesOf?: () => readonly Role[];
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
  const { log, rooms, deviceSecret, invite, onJoined, onProblem, maxUses, maxAgeMs } = options;
  const rolesOf = options.rolesOf ?? (() => secondIsAdmin(log));
  const record: InviteRecord = {
    ...invite,
    ...(maxUses === undefined ? {} : { maxUses }),
    ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
  };
  let work = Promise.resolve();

  async function answer(request: JoinRequest): Promise<void> {
    const { pk, name } = request;
    const { keys, removed, invites } = log.roster();
    if (keys.has(pk) || removed.has(pk)) {
      // Granted before, perhaps by a run that ended before it wrapped.
      if (!removed.has(pk)) await rooms.grant(pk);
      return;
    }
    if (!invites.has(invite.publicKey)) {
      onProblem?.(`${name} asked to join, but the invite has been closed.`);
      return;
    }
    const refusal = refusalOf(log, deviceSecret, record);
    if (refusal !== null) {
      onProblem?.(
        `${name} asked to join, but the invite ${refusal === 'too old' ? 'is too old' : 'has been used up'}.`,
      );
      return;
    }
    const words = fourWords(invite.publicKey, pk);
    if (options.approve !== undefined && !(await options.approve(request, words))) return;
    const roles = rolesOf();
    const member = await admitJoin(log, rooms, { request, invite: invite.publicKey }, roles);
    onJoined?.({ ...request, member, roles, words });
  }

  function consider(events: readonly SignedEvent[]): void {
    for (const request of requestsOf(events, deviceSecret, invite.publicKey)) {
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

/** By the roster, not by the invite: `up` makes a new one each day, and several enrollers may run at once. */
function secondIsAdmin(log: Log): readonly Role[] {
  const isThere = liveKeys(log.roster()).some(({ pk, roles }) => pk !== log.pubkey && roles.includes('admin'));
  return isThere ? ['responder'] : ['admin', 'commander'];
}
