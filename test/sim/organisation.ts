import { publicKeyOf } from '../../src/log/event.ts';
import { canonical } from '../../src/model/canonical.ts';
import { chainName, KIND, organisation, type SignedEvent } from '../../src/model/event.ts';
import type { Pens } from './pens.ts';
import { START } from './schedule.ts';

/** Somebody with a key. */
export interface Member {
  readonly name: string;
  readonly secret: Uint8Array;
  readonly pk: string;
}

function member(name: string): Member {
  const secret = new Uint8Array(Buffer.from(name.padEnd(32, '.')));
  return { name, secret, pk: publicKeyOf(secret) };
}

export const root = member('root');
export const ana = member('ana');
export const ben = member('ben');
export const cleo = member('cleo');
export const dora = member('dora');
/** A watcher: it writes sealed alerts and cannot read them. */
export const wim = member('wim');
/** Nobody has granted her anything yet. */
export const nia = member('nia');
export const stranger = member('stranger');

export const ORG = organisation(root.pk);
export const STATUS = chainName.status(ORG);
export const ROSTER = chainName.roster(ORG);
export const ROOM = chainName.room('5'.repeat(32));

export function grantOf({ name, pk }: Member, ...roles: string[]) {
  return { pk, member: `member ${name}`, roles };
}

/** The paper that everything begins with. */
export function firstRoster(pens: Pens): SignedEvent {
  const content = canonical({
    v: 1,
    gen: 0,
    grants: [
      grantOf(ana, 'admin', 'commander'),
      grantOf(ben, 'admin'),
      grantOf(cleo, 'responder'),
      grantOf(dora, 'commander'),
      { ...grantOf(wim, 'watcher'), vantage: 'here' },
    ],
    removes: [],
    invites: [],
    set: {},
    purges: [],
  });
  const tags = [
    ['o', ORG],
    ['d', ROSTER],
  ];
  return pens.signer.signEvent({ kind: KIND.roster, created_at: START / 1000, tags, content }, root.secret);
}
