import { KIND, type SignedEvent } from './event.ts';
import type { Stated } from './roster-statement.ts';

/** What is left of an event whose content the roster purged: enough for chains and cuts to walk through it. */
export type Stub = Pick<SignedEvent, 'id' | 'pubkey' | 'kind' | 'created_at' | 'tags'>;

/** The roster and the rooms' keys stand on every 3911 and 3912 that was ever signed, so those are never purged. */
const PURGEABLE: readonly number[] = [KIND.join, KIND.sealed, KIND.public];

export function isPurgeable({ kind }: Pick<SignedEvent, 'kind'>): boolean {
  return PURGEABLE.includes(kind);
}

/** The event without content and signature, as it lies in every copy after a purge. */
export function stubOf({ id, pubkey, kind, created_at, tags }: Stub): SignedEvent {
  return { id, pubkey, created_at, kind, tags, content: '', sig: '' };
}

/** A verified event is never without a signature. */
export function isStub(event: SignedEvent): boolean {
  return event.sig === '';
}

/** Whether `event` is whole where `held` is its stub: a purge that no longer counts gives way to the event. */
export function restores(event: SignedEvent, held: SignedEvent): boolean {
  return isStub(held) && !isStub(event);
}

/** A purge is a vote of a member, or of the root alone; two devices of one person are one vote. */
type Voter = (event: SignedEvent) => string;

/** Ids that the root or two members purge. `counted` are the statements that count. */
export function purgedIds(counted: readonly Stated[], root: string, voter: Voter): ReadonlySet<string> {
  return agreed(counted, root, voter, ({ says }) => says.purges);
}

/**
 * The stubs of purged events that the root, or two members in the same words, state: a device or a relay that never
 * held the event cannot check its tags against its id, and must not take one admin's word for where a chain goes on.
 */
export function statedStubs(counted: readonly Stated[], root: string, voter: Voter): readonly SignedEvent[] {
  const stubs = agreed(counted, root, voter, ({ says }) => says.stubs.map((stub) => JSON.stringify(stubOf(stub))));
  const byId = new Map([...stubs].sort().map((text) => [(JSON.parse(text) as SignedEvent).id, text]));
  return [...byId.values()].map((text) => JSON.parse(text) as SignedEvent).filter(isPurgeable);
}

function agreed(
  counted: readonly Stated[],
  root: string,
  voter: Voter,
  wordsOf: (stated: Stated) => readonly string[],
): ReadonlySet<string> {
  const votes = new Map<string, Set<string>>();
  for (const stated of counted) {
    for (const word of wordsOf(stated)) votes.set(word, (votes.get(word) ?? new Set()).add(voter(stated.event)));
  }
  return new Set([...votes].filter(([, voters]) => voters.has(root) || voters.size >= 2).map(([word]) => word));
}
