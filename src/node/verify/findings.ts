import { findingsOf } from '../../log/published/findings.ts';
import type { ChainView } from '../../model/chains.ts';
import type { SignedEvent } from '../../model/event.ts';
import { liveKeys, type Roster } from '../../model/roster.ts';

/** What is right as it stands and yet worth a word, and how much there was of what. */
export interface Findings {
  readonly counts: Readonly<Record<string, number>>;
  /** One plain sentence each. */
  readonly notes: readonly string[];
}

const MOST_NOTES = 20;

/** What is to be said where nobody has said whose the events must be. */
export function aloneNote(given: string | undefined): readonly string[] {
  return given === undefined ? ['Checked against itself alone: say with --org whose it must be.'] : [];
}

/** What the whole set says: who may sign, what does not count, and where chains have gaps or branches. */
export function notesOn(events: readonly SignedEvent[], roster: Roster, purged: number): Findings {
  const { beyondCut, byStrangers, chains } = findingsOf(events, roster);
  const notes = [
    ...(roster.keys.size === 0
      ? ['No roster that the root signed is in it, so nobody is known to be allowed to sign.']
      : []),
    ...some(beyondCut.length, 'of removed keys lie beyond their cut and do not count'),
    ...some(byStrangers.length, 'are by keys that no roster names and do not count'),
    ...chains.flatMap(chainNotes),
  ];
  const left = notes.length - MOST_NOTES;
  return {
    counts: { events: events.length, purged, keys: liveKeys(roster).length, removed: roster.removed.size },
    notes: left > 0 ? [...notes.slice(0, MOST_NOTES), `… and ${left} more.`] : notes,
  };
}

function some(number: number, what: string): readonly string[] {
  return number === 0 ? [] : [`${number} events ${what}.`];
}

/** Gaps say that something is missing here; branches, that a device was restored or copied. */
function chainNotes({ pubkey, d, gaps, forks }: ChainView): readonly string[] {
  const missing = gaps.map(({ from, to }) => (from === to ? String(from) : `${from} to ${to}`)).join(', ');
  return [
    ...(missing === '' ? [] : [`Of ${pubkey.slice(0, 8)} in ${d} number ${missing} is missing.`]),
    ...(forks.length === 0
      ? []
      : [`${pubkey.slice(0, 8)} in ${d} has ${forks.length} numbers twice: it was restored or copied.`]),
  ];
}
