import { parseRoomCuts } from '../../model/cuts.ts';
import { KIND, previousId, type SignedEvent } from '../../model/event.ts';
import { SEALED_KINDS } from '../../model/kind-sets.ts';
import { foldRoster, type Roster } from '../../model/roster.ts';
import type { RelayState } from './state.ts';

/** Statements, and keys of rooms that name cuts. */
export function shapesRoster(event: SignedEvent): boolean {
  return event.kind === KIND.roster || (event.kind === KIND.key && parseRoomCuts(event.content).length > 0);
}

/**
 * The roster by all that is stored or about to be. What a removed key said of cuts counts only where its own chain leads
 * back to it from where that was cut, as on every device: so the rooms' chains of those few are read too.
 */
export function foldStored(state: RelayState): Roster {
  const shaping = [...state.rosterEvents.values()];
  const roster = foldRoster(shaping, state.root);
  const authors = [...tellersOf(state, roster)];
  if (authors.length === 0) return roster;
  const filter = { authors, kinds: SEALED_KINDS, tags: new Map() };
  const stored = state.shelf.find(filter, state.shelf.size).map(({ event }) => event);
  const coming = [...state.storing.values()].map(({ event }) => event);
  const chains = [...stored, ...coming].filter(({ kind, pubkey }) => kind !== KIND.roster && authors.includes(pubkey));
  return foldRoster(new Map([...shaping, ...chains].map((event) => [event.id, event])).values(), state.root);
}

/** Whether the event joins two pieces of such a chain, so that more may count now. */
export function closesGap(state: RelayState, event: SignedEvent): boolean {
  return (
    SEALED_KINDS.includes(event.kind) &&
    tellersOf(state, state.roster).has(event.pubkey) &&
    state.shelf.has(previousId(event) ?? '')
  );
}

/** Removed keys that said where others were cut. */
function tellersOf({ rosterEvents }: RelayState, { removed }: Roster): ReadonlySet<string> {
  const tellers = [...rosterEvents.values()].filter(({ kind, pubkey }) => kind === KIND.key && removed.has(pubkey));
  return new Set(tellers.map(({ pubkey }) => pubkey));
}
