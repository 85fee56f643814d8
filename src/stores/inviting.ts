import { atom, computed } from 'nanostores';
import { makeInvite } from '../log/people/join.ts';
import {
  admitJoin,
  denyKey,
  type InviteRecord,
  type PendingJoin,
  pendingJoins,
  usesOf,
} from '../log/people/join-queue.ts';
import type { Role } from '../model/roles.ts';
import { $roster } from './claims.ts';
import { $now } from './clock.ts';
import { $device } from './device.ts';
import { $events, $log } from './log.ts';
import { outside } from './outside.ts';
import { $rooms } from './room.ts';
import type { Scratch } from './scratch.ts';
import { $site } from './site.ts';

const NAME = 'invites';
export const INVITE_HOURS = 24;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** An invite that this admin's device made; kept sealed here, for its link is the only copy of its secret. */
export interface KeptInvite extends InviteRecord {
  readonly link: string;
  readonly maxUses: number;
  readonly roles: readonly Role[];
  /** Whose further device it is for; null: for somebody new. */
  readonly member: string | null;
}

export interface InviteView extends KeptInvite {
  /** Devices that may still use it. */
  readonly left: number;
  /** Whole hours until it is too old, at least 1; 0 once it is. */
  readonly hours: number;
}

/** A request to answer, with what its invite promised. */
export interface Newcomer extends PendingJoin {
  readonly roles: readonly Role[];
  readonly member: string | null;
}

const $kept = atom<readonly KeptInvite[]>([]);
// Ages in minutes: a store that changed each second would read all requests each second.
const $minute = computed($now, (now) => Math.floor(now / MINUTE_MS));
let scratch: Scratch | null = null;

/** This device's invites that are not closed, the newest first, judged by its own clock and log. */
export const $invites = computed(
  [$kept, $log, $device, $events, $minute],
  (kept, log, device): readonly InviteView[] =>
    log === null || device === null
      ? []
      : kept.map((invite) => {
          const age = log.platform.now() - invite.madeAt;
          const hours = Math.max(0, Math.ceil(INVITE_HOURS - age / HOUR_MS));
          return { ...invite, hours, left: Math.max(0, invite.maxUses - usesOf(log, device.secret, invite)) };
        }),
);

/** Who asks to be let in and has no answer yet. */
export const $newcomers = computed(
  [$kept, $log, $device, $roster, $events, $minute],
  (kept, log, device): readonly Newcomer[] =>
    log === null || device === null
      ? []
      : pendingJoins(log, device.secret, kept).flatMap((pending) => {
          const invite = kept.find(({ publicKey }) => publicKey === pending.invite);
          return invite === undefined ? [] : [{ ...pending, roles: invite.roles, member: invite.member }];
        }),
);

/** Brings back what this admin's device had made, after unlocking. */
export async function openInvites(opened: Scratch): Promise<void> {
  scratch = opened;
  const kept = await opened.read(NAME);
  if (kept !== null && $kept.get().length === 0) $kept.set(JSON.parse(kept));
}

/** Forgets the clear links; the sealed copy stays. */
export function closeInvites(): void {
  scratch = null;
  $kept.set([]);
}

/** Makes an invite and keeps it. Rejects with one sentence. */
export async function invite(wanted: Pick<KeptInvite, 'roles' | 'member' | 'maxUses'>): Promise<void> {
  const log = $log.get();
  if (log === null) throw new Error('The log of this device is not open yet.');
  const relays = log.links().map(({ relay }) => relay);
  const made = await makeInvite(log, outside().origin, relays.length > 0 ? relays : ($site.get()?.relays ?? []));
  await keep((kept) => [{ ...made, ...wanted }, ...kept]);
}

/** Nobody is let in by this invite any more, by any admin. */
export async function closeInvite(publicKey: string): Promise<void> {
  const log = $log.get();
  if (log !== null) await denyKey(log, publicKey);
  await keep((kept) => kept.filter((one) => one.publicKey !== publicKey));
}

/** Grants the device that asks; call it only when the person has compared the four words. */
export async function letIn({ request, invite: by, roles, member }: Newcomer): Promise<void> {
  const [log, rooms] = [$log.get(), $rooms.get()];
  if (log === null || rooms === null) throw new Error('This device is locked: unlock it before letting somebody in.');
  await admitJoin(log, rooms, { request, invite: by }, roles, member ?? undefined);
}

/** Says no to a device key for ever. */
export async function refuse({ request }: Newcomer): Promise<void> {
  const log = $log.get();
  if (log !== null) await denyKey(log, request.pk);
}

/** Changes what is kept, not what this tab remembers of it: another tab may have made an invite meanwhile. */
async function keep(change: (kept: readonly KeptInvite[]) => readonly KeptInvite[]): Promise<void> {
  const text = (await scratch?.read(NAME)) ?? null;
  const invites = change(text === null ? $kept.get() : JSON.parse(text));
  $kept.set(invites);
  await scratch?.write(NAME, invites.length === 0 ? '' : JSON.stringify(invites));
}
