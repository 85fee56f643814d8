import { hexToBytes } from '@noble/hashes/utils.js';
import { publicKeyOf, signEvent } from '../../../src/log/event.ts';
import { canonical } from '../../../src/model/canonical.ts';
import { chainName, KIND, organisation, type SignedEvent } from '../../../src/model/event.ts';

/** A device of the tests: its secret key is its number. */
export interface Device {
  readonly secret: Uint8Array;
  readonly pk: string;
}

export function device(n: number): Device {
  const secret = hexToBytes(n.toString(16).padStart(64, '0'));
  return { secret, pk: publicKeyOf(secret) };
}

export const root = device(1001);
export const org = organisation(root.pk);
export const admin = device(1002);
export const responder = device(1003);
export const watcher = device(1004);
export const publisher = device(1005);
export const invite = device(1006);
export const stranger = device(1007);
export const ROOM = chainName.room('5'.repeat(32));
export const STATUS = chainName.status(org);
const ROSTER = chainName.roster(org);
/** Seconds. */
export const TIME = 1_795_000_000;

interface Event {
  readonly kind: number;
  readonly content: string;
  readonly d?: string;
  readonly created_at?: number;
  readonly tags?: readonly (readonly string[])[];
  readonly previous?: SignedEvent;
}

export function sign(author: Device, { kind, content, d, created_at = TIME, tags = [], previous }: Event): SignedEvent {
  const own = [['o', org], ...(d ? [['d', d]] : []), ...(previous ? [['e', previous.id, '', 'prev']] : []), ...tags];
  return signEvent({ kind, content, created_at, tags: own }, author.secret);
}

type Says = Parameters<typeof canonical>[0] & object;

export function roster(author: Device, says: Says, created_at?: number): SignedEvent {
  const content = canonical({ v: 1, gen: 0, ...says });
  return sign(author, { kind: KIND.roster, d: ROSTER, content, ...(created_at === undefined ? {} : { created_at }) });
}

const grant = ({ pk }: Device, role: string) => ({ pk, member: pk.slice(0, 8), roles: [role] });

/** The first roster: everybody but the stranger. */
export const firstRoster = roster(root, {
  grants: [
    grant(admin, 'admin'),
    grant(responder, 'responder'),
    { ...grant(watcher, 'watcher'), vantage: 'here' },
    grant(publisher, 'publisher'),
  ],
  invites: [invite.pk],
});

/** A public update, text in clear. */
export function update(author: Device, text: string, more: Partial<Event> = {}): SignedEvent {
  const content = canonical({ v: 1, type: 'incident.update', body: { text } });
  return sign(author, { kind: KIND.public, d: STATUS, content, ...more });
}

export function sealed(author: Device, more: Partial<Event> = {}): SignedEvent {
  return sign(author, { kind: KIND.sealed, d: ROOM, content: 'AnEncryptedThing', ...more });
}
