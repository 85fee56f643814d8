import { bytesToHex } from '@noble/hashes/utils.js';
import { publicKeyOf, signEvent } from '../../src/log/event.ts';
import type { Tip } from '../../src/log/store/store.ts';
import { chainName, type EventTemplate, KIND, organisation, type SignedEvent } from '../../src/model/event.ts';

/** The same key for the same number in every run. */
export function keyNumber(number: number): Uint8Array {
  return new Uint8Array(32).fill(number + 1);
}

export const ROOT_KEY = keyNumber(200);
export const ROOT = publicKeyOf(ROOT_KEY);
export const ORG = organisation(ROOT);
export const STATUS = chainName.status(ORG);
export const START = 1_795_000_000;

/** An event of this organisation; `created_at` defaults to a fixed second. */
export function event(entry: Partial<EventTemplate> & { d?: string }, secretKey: Uint8Array): SignedEvent {
  const { kind = KIND.public, d = STATUS, content = '{}', tags = [], created_at = START } = entry;
  return signEvent({ kind, content, created_at, tags: [['o', ORG], ['d', d], ...tags] }, secretKey);
}

/** The next event of a chain. */
export function chained(tip: Tip, content: string, secretKey: Uint8Array, d = STATUS): SignedEvent {
  const previous = tip.id === null ? [] : [['e', tip.id, '', 'prev']];
  return event({ content, d, tags: [['s', String(tip.s + 1)], ...previous] }, secretKey);
}

/** The root's first roster: one device with these roles. */
export function rosterFor(
  grants: readonly { key: Uint8Array; roles: readonly string[]; vantage?: string }[],
): SignedEvent {
  const statement = {
    gen: 0,
    grants: grants.map(({ key, roles, vantage }, position) => ({
      member: bytesToHex(new Uint8Array(16).fill(position + 1)),
      pk: publicKeyOf(key),
      roles,
      ...(vantage === undefined ? {} : { vantage }),
    })),
    invites: [],
    purges: [],
    removes: [],
    set: {},
    v: 1,
  };
  return event({ kind: KIND.roster, d: chainName.roster(ORG), content: JSON.stringify(statement) }, ROOT_KEY);
}
