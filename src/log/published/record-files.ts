import { KIND, type SignedEvent } from '../../model/event.ts';
import { type Folded, trustedPulseEvents } from '../../model/folded.ts';
import { isStub } from '../../model/purge.ts';
import type { Roster } from '../../model/roster.ts';
import type { StatedSite } from '../../model/site.ts';
import { exportLines } from '../export.ts';
import { API, LOG_FILE, text } from './texts.ts';

/** What the published record follows from, and what was folded from it. */
export interface Recorded {
  readonly site: StatedSite;
  readonly roster: Roster;
  readonly folded: Folded;
  /** Rosters, public events and pulses; what else is among them is left out. */
  readonly events: readonly SignedEvent[];
}

/** What of the evidence does not stand in the log: with the log it is all that the public state follows from. */
export interface Evidence {
  readonly site: StatedSite;
  /** The watchers' latest pulses (33914) that the fold trusts, by id. */
  readonly pulses: readonly SignedEvent[];
}

export const EVIDENCE_FILE = `${API}/evidence.json`;

/**
 * The files that anybody can make again from the log and the evidence, byte for byte: publisher and verifier both call this.
 * Text by path.
 */
export function recordFiles({ site, roster, folded, events }: Recorded): ReadonlyMap<string, string> {
  const { incidents, maintenances, retracted } = folded.said;
  const all = [...incidents, ...maintenances, ...retracted.incidents, ...retracted.maintenances];
  const rosters = events.filter(({ kind }) => kind === KIND.roster).toSorted(inLogOrder);
  const log = events.filter((event) => event.kind === KIND.public && !isDropped(event, roster)).toSorted(inLogOrder);
  const pulses = trustedPulseEvents(events, roster).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return new Map([
    ...all.map((one) => [`${API}/incidents/${one.code}.json`, text(one)] as const),
    [`${API}/roster.json`, text(rosters)],
    [EVIDENCE_FILE, text({ site, pulses } satisfies Evidence)],
    [LOG_FILE, [...rosters, ...log].map((event) => `${text(event)}\n`).join('') + exportLines([], roster)],
  ]);
}

/** Its place in the log is taken by a line that says so (`exportLines`). */
function isDropped(event: SignedEvent, roster: Roster): boolean {
  return isStub(event) || roster.purged.has(event.id);
}

/** The order of the lines of the log: by the writers' clocks, which decide nothing, then by id. */
export function inLogOrder(a: SignedEvent, b: SignedEvent): number {
  return a.created_at - b.created_at || (a.id < b.id ? -1 : 1);
}
