import { eventId } from '../../src/log/event.ts';
import { canonical } from '../../src/model/canonical.ts';
import { chainName, KIND, organisation, type SignedEvent } from '../../src/model/event.ts';

/** A key that only tests know: 64 hex digits that begin with a readable name. */
export function fakeKey(name: string): string {
  return Buffer.from(name.slice(0, 16)).toString('hex').padEnd(64, '0');
}

export const ROOT = fakeKey('root');
export const ORG = organisation(ROOT);

/** An event with a true id and no true signature: folds look at verified events only, so they never check it. */
export function fakeEvent(
  pubkey: string,
  kind: number,
  d: string,
  content: unknown,
  previous?: SignedEvent,
): SignedEvent {
  const tags = [['d', d], ['o', ORG], ...(previous ? [['e', previous.id, '', 'prev']] : [])];
  const unsigned = { pubkey, kind, tags, created_at: 1_800_000_000, content: canonical(content) };
  return { id: eventId(unsigned), ...unsigned, sig: '0'.repeat(128) };
}

export function rosterEvent(
  pubkey: string,
  says: Readonly<Record<string, unknown>>,
  previous?: SignedEvent,
): SignedEvent {
  return fakeEvent(pubkey, KIND.roster, chainName.roster(ORG), { v: 1, gen: 0, ...says }, previous);
}
