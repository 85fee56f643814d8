import { type ChainView, chainsOf } from '../../model/chains.ts';
import { KIND, type SignedEvent, tagValue } from '../../model/event.ts';
import { publicContentOf } from '../../model/public-event.ts';
import { counts, type Roster } from '../../model/roster.ts';

/** What a set of events says as a whole: nothing here is wrong, and all of it is worth a word. */
export interface Findings {
  /** By removed keys, beyond the place where their removal cut them off: they count nowhere. */
  readonly beyondCut: readonly SignedEvent[];
  /** By keys that no roster names: they count nowhere. */
  readonly byStrangers: readonly SignedEvent[];
  /** Chains of which something is missing or stands twice. A gap that a purge left is none. */
  readonly chains: readonly ChainView[];
}

/** The root key that a set of events names itself: of the roster whose author the organisation is called after. */
export function rootNamedIn(events: readonly SignedEvent[]): string | undefined {
  const rosters = events.filter(({ kind }) => kind === KIND.roster);
  return rosters.find((event) => tagValue(event, 'o') === event.pubkey.slice(0, 32))?.pubkey;
}

/** What does not count in `events`, and where chains have gaps or branches. */
export function findingsOf(events: readonly SignedEvent[], roster: Roster): Findings {
  const idle = events.filter((event) => event.pubkey !== roster.root && !counts(roster, event, typeOf(event)));
  const chains = chainsOf([...events, ...roster.stubs]);
  return {
    beyondCut: idle.filter(({ pubkey }) => roster.keys.get(pubkey)?.removed === true),
    byStrangers: idle.filter(({ pubkey }) => !roster.keys.has(pubkey) && !roster.invites.has(pubkey)),
    chains: chains.filter(({ gaps, forks }) => gaps.length + forks.length > 0),
  };
}

function typeOf(event: SignedEvent): string | undefined {
  return event.kind === KIND.public ? publicContentOf(event)?.type : undefined;
}
