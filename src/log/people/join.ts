import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { canonical, parseCanonical } from '../../model/canonical.ts';
import { cleanText } from '../../model/clean.ts';
import { isoTime } from '../../model/clock.ts';
import { chainName, KIND, organisation, type SignedEvent } from '../../model/event.ts';
import type { Platform } from '../../platform.ts';
import { publicKeyOf, signEvent } from '../event.ts';
import type { Log } from '../log.ts';
import { seal, unseal } from '../rooms/seal.ts';
import { type Invite, inviteLink } from './invite.ts';
import { writeRoster } from './roster-writer.ts';

const MAX_NAME = 80;

const requestContent = v.object({
  v: v.literal(1),
  pk: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  name: v.string(),
  at: v.string(),
});

/** What a newcomer asks: to have this device key granted. */
export interface JoinRequest {
  readonly pk: string;
  /** As the newcomer wrote it; sealed on the way. */
  readonly name: string;
  readonly at: string;
}

/** An invite as its maker keeps it. */
export interface MadeInvite {
  readonly link: string;
  readonly publicKey: string;
  /** Unix milliseconds by the maker's clock. */
  readonly madeAt: number;
}

/** Makes an invite key, names it in the roster and gives the link. The link is the only copy of the invite's secret. */
export async function makeInvite(log: Log, site: string, relays: readonly string[]): Promise<MadeInvite> {
  const admin = log.pubkey;
  if (admin === null) throw new Error('This device is locked: unlock it before inviting.');
  const secret = log.platform.random(32);
  const publicKey = publicKeyOf(secret);
  await writeRoster(log, { invites: [publicKey] });
  const invite: Invite = { v: 1, secret: bytesToHex(secret), root: log.root, relays: [...relays], admin };
  return { link: inviteLink(site, invite), publicKey, madeAt: log.platform.now() };
}

/** The newcomer's 3910, signed by the invite key and sealed to the inviting admin; hand it to `log.add`. */
export function joinRequest(
  invite: Invite,
  devicePublicKey: string,
  name: string,
  platform: Pick<Platform, 'now' | 'random'>,
): SignedEvent {
  const secret = hexToBytes(invite.secret);
  const org = organisation(invite.root);
  const now = platform.now();
  const text = canonical({ v: 1, pk: devicePublicKey, name: cleanName(name), at: isoTime(now) });
  const tags = [
    ['o', org],
    ['d', chainName.join(org)],
    ['s', '1'],
  ];
  const content = seal(text, { secret, publicKey: invite.admin }, platform);
  return signEvent({ created_at: Math.floor(now / 1000), kind: KIND.join, tags, content }, secret);
}

/** The request in a 3910 that is sealed to this admin's device, else undefined. */
export function openJoinRequest(event: SignedEvent, adminSecret: Uint8Array): JoinRequest | undefined {
  const text = unseal(event.content, { secret: adminSecret, publicKey: event.pubkey });
  const content = v.safeParse(requestContent, text === undefined ? undefined : parseCanonical(text));
  return content.success ? { ...content.output, name: cleanName(content.output.name) } : undefined;
}

function cleanName(name: string): string {
  return cleanText(name).replace(/\s+/g, ' ').trim().slice(0, MAX_NAME);
}
