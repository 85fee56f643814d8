import { stubLine } from '../../log/export.ts';
import { canonical } from '../../model/canonical.ts';
import { chainsOf } from '../../model/chains.ts';
import { KIND, type SignedEvent, tagValue } from '../../model/event.ts';
import { publicContentOf } from '../../model/public-event.ts';
import { counts, liveKeys, type Roster } from '../../model/roster.ts';
import type { PurgedLine } from './event-lines.ts';
import { WrongThing } from './wrong-thing.ts';

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

/** The root key that a set of events names itself: of the roster whose author the organisation is called after. */
export function rootNamedIn(events: readonly SignedEvent[]): string | undefined {
  const rosters = events.filter(({ kind }) => kind === KIND.roster);
  return rosters.find((event) => tagValue(event, 'o') === event.pubkey.slice(0, 32))?.pubkey;
}

/** What the whole set says: who may sign, what does not count, and where chains have gaps or branches. */
export function findingsOf(events: readonly SignedEvent[], roster: Roster, purged: ReadonlySet<string>): Findings {
  const authored = events.filter(({ pubkey }) => pubkey !== roster.root);
  const idle = authored.filter((event) => !counts(roster, event, typeOf(event)));
  const quarantined = idle.filter(({ pubkey }) => roster.keys.get(pubkey)?.removed === true);
  const unknown = idle.filter(({ pubkey }) => !roster.keys.has(pubkey) && !roster.invites.has(pubkey));
  const notes = [
    ...(roster.keys.size === 0
      ? ['No roster that the root signed is in it, so nobody is known to be allowed to sign.']
      : []),
    ...some(quarantined.length, 'of removed keys lie beyond their cut and do not count'),
    ...some(unknown.length, 'are by keys that no roster names and do not count'),
    ...chainNotes(events, roster),
  ];
  const left = notes.length - MOST_NOTES;
  return {
    counts: { events: events.length, purged: purged.size, keys: liveKeys(roster).length, removed: roster.removed.size },
    notes: left > 0 ? [...notes.slice(0, MOST_NOTES), `… and ${left} more.`] : notes,
  };
}

/** Every line that claims to be purged must be what the roster says of it. @throws WrongThing */
export function checkPurged(file: string, purged: ReadonlyMap<string, PurgedLine>, roster: Roster | undefined): void {
  const stated = new Map(roster?.stubs.map((stub) => [stub.id, stubLine(stub)]));
  for (const [id, { line, text }] of purged) {
    if (roster?.purged.has(id) !== true)
      throw new WrongThing(file, 'it says that an event was purged, which no roster here asks for', line);
    if (text !== (stated.get(id) ?? canonical({ purged: id })))
      throw new WrongThing(file, 'it says something else of a purged event than the roster', line);
  }
}

function some(number: number, what: string): readonly string[] {
  return number === 0 ? [] : [`${number} events ${what}.`];
}

function typeOf(event: SignedEvent): string | undefined {
  return event.kind === KIND.public ? publicContentOf(event)?.type : undefined;
}

/** Gaps say that something is missing here; branches, that a device was restored or copied. */
function chainNotes(events: readonly SignedEvent[], { stubs }: Roster): readonly string[] {
  return chainsOf([...events, ...stubs]).flatMap(({ pubkey, d, gaps, forks }) => {
    const missing = gaps.map(({ from, to }) => (from === to ? String(from) : `${from} to ${to}`)).join(', ');
    return [
      ...(missing === '' ? [] : [`Of ${pubkey.slice(0, 8)} in ${d} number ${missing} is missing.`]),
      ...(forks.length === 0
        ? []
        : [`${pubkey.slice(0, 8)} in ${d} has ${forks.length} numbers twice: it was restored or copied.`]),
    ];
  });
}
