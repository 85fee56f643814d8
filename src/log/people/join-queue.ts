import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { KIND, type SignedEvent } from '../../model/event.ts';
import type { Role } from '../../model/roles.ts';
import type { Log } from '../log.ts';
import type { Rooms } from '../rooms/room.ts';
import { enrolDevice } from './enrol.ts';
import { fourWords } from './invite.ts';
import { type JoinRequest, openJoinRequest } from './join.ts';
import { writeRoster } from './roster-writer.ts';

/** An invite as its maker keeps it; both limits are counted on the maker's device, by its own clock. */
export interface InviteRecord {
  readonly publicKey: string;
  /** Unix milliseconds by the maker's clock. */
  readonly madeAt: number;
  /** Devices that may use it, 10 unless told. */
  readonly maxUses?: number;
  /** Milliseconds, 24 hours unless told. */
  readonly maxAgeMs?: number;
}

/** Somebody who asked with one of this device's invites and has no answer yet. */
export interface PendingJoin {
  readonly request: JoinRequest;
  /** Public key of the invite. */
  readonly invite: string;
  /** To compare with the newcomer's screen before anything is granted. */
  readonly words: readonly string[];
  /** The invite must not be used for it any more; null while it may. */
  readonly refusal: 'too old' | 'used up' | null;
}

/** Requests by invites that are not closed, which this admin's device can open and has not answered; one for each device key. */
export function pendingJoins(
  log: Log,
  deviceSecret: Uint8Array,
  invites: readonly InviteRecord[],
): readonly PendingJoin[] {
  const { keys, removed, invites: open } = log.roster();
  return invites.flatMap((invite) => {
    if (!open.has(invite.publicKey)) return [];
    const refusal = refusalOf(log, deviceSecret, invite);
    const { publicKey } = invite;
    return requestsOf(log.events(), deviceSecret, publicKey)
      .filter(({ pk }) => !keys.has(pk) && !removed.has(pk))
      .map((request) => ({ request, invite: publicKey, words: fourWords(publicKey, request.pk), refusal }));
  });
}

/** How many devices this invite has let in so far, by this device's log: a restart counts right. */
export function usesOf(log: Log, deviceSecret: Uint8Array, invite: InviteRecord): number {
  const { keys } = log.roster();
  return requestsOf(log.events(), deviceSecret, invite.publicKey).filter(({ pk }) => keys.has(pk)).length;
}

/** Why an invite may not be used any more; null while it may. */
export function refusalOf(log: Log, deviceSecret: Uint8Array, invite: InviteRecord): PendingJoin['refusal'] {
  const { madeAt, maxUses = 10, maxAgeMs = 24 * 3_600_000 } = invite;
  if (log.platform.now() - madeAt > maxAgeMs) return 'too old';
  return usesOf(log, deviceSecret, invite) >= maxUses ? 'used up' : null;
}

/** Lets a newcomer in, as `member` (a person who has a device already) or as somebody new; resolves with the member's id. */
export function admitJoin(
  log: Log,
  rooms: Rooms,
  { request, invite }: Pick<PendingJoin, 'request' | 'invite'>,
  roles: readonly Role[],
  member?: string,
): Promise<string> {
  const { pk, name } = request;
  // Two devices that answer one request at once must not make two people of one.
  const fresh = bytesToHex(sha256(concatBytes(hexToBytes(invite), hexToBytes(pk)))).slice(0, 32);
  return enrolDevice(log, rooms, pk, { roles, ...(member === undefined ? { member: fresh, name } : { member }) });
}

/** Refuses a device key for ever, or closes an invite: a key that is removed can be granted by nobody. */
export function denyKey(log: Log, publicKey: string): Promise<SignedEvent> {
  return writeRoster(log, { removes: [{ pk: publicKey, cut: {} }] });
}

// An ECDH for each request costs 2.5 ms, and a screen asks again at every change of the log.
const opened = new WeakMap<Uint8Array, WeakMap<SignedEvent, JoinRequest | 'not ours'>>();

/** The first request for each device key, in the order of arrival. */
export function requestsOf(
  events: readonly SignedEvent[],
  deviceSecret: Uint8Array,
  invite: string,
): readonly JoinRequest[] {
  const known = opened.get(deviceSecret) ?? new WeakMap<SignedEvent, JoinRequest | 'not ours'>();
  opened.set(deviceSecret, known);
  const first = new Map<string, JoinRequest>();
  for (const event of events) {
    if (event.kind !== KIND.join || event.pubkey !== invite) continue;
    const request = known.get(event) ?? openJoinRequest(event, deviceSecret) ?? 'not ours';
    known.set(event, request);
    if (request !== 'not ours' && !first.has(request.pk)) first.set(request.pk, request);
  }
  return [...first.values()];
}
