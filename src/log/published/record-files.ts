import { API } from '../../model/api.ts';
import { KIND, type SignedEvent } from '../../model/event.ts';
import { type Folded, trustedPulseEvents } from '../../model/folded.ts';
import { type HistoryIndex, historyMonths } from '../../model/history.ts';
import { recordsOf } from '../../model/public-record.ts';
import { isStub } from '../../model/purge.ts';
import type { Roster } from '../../model/roster.ts';
import type { StatedSite } from '../../model/site.ts';
import { statedClaims } from '../../model/state.ts';
import { exportLines } from '../export.ts';
import { LOG_FILE, sha256, text } from './texts.ts';

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
 * Text by path. `logOf`: for who remembers the last log that it made.
 */
export function recordFiles(
  { site, roster, folded, events }: Recorded,
  logOf: typeof logText = logText,
): ReadonlyMap<string, string> {
  const all = recordsOf(folded.said);
  const months = historyMonths(folded.said, (one) => memo(one).sha256);
  const rosters = events.filter(({ kind }) => kind === KIND.roster).toSorted(inLogOrder);
  const log = events.filter(({ kind }) => kind === KIND.public);
  const pulses = trustedPulseEvents(events, roster).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return new Map([
    ...all.map((one) => [ownFile(one.code), memo(one).text] as const),
    ...months.map((month) => [`${API}/history/${month.month}.json`, text(month)] as const),
    [`${API}/history.json`, text({ months: months.map(({ month }) => month) } satisfies HistoryIndex)],
    [`${API}/state.json`, text(statedClaims(folded.state))],
    [`${API}/roster.json`, text(rosters)],
    [EVIDENCE_FILE, text({ site, pulses } satisfies Evidence)],
    [LOG_FILE, logOf(rosters, log, roster)],
  ]);
}

/** The public log: `rosters`, then `log` in the order of the log, then what was purged; a line for each. */
export function logText(rosters: readonly SignedEvent[], log: readonly SignedEvent[], roster: Roster): string {
  const kept = log.filter((event) => !isDropped(event, roster)).toSorted(inLogOrder);
  return [...rosters, ...kept].map((event) => `${text(event)}\n`).join('') + exportLines([], roster);
}

/** The own file of an incident or a maintenance. */
function ownFile(code: string): string {
  return `${API}/incidents/${code}.json`;
}

const memos = new WeakMap<object, { readonly text: string; readonly sha256: string }>();

/** A publisher folds again and again what for the most part stays the same object; its text is made once. */
function memo(one: object): { readonly text: string; readonly sha256: string } {
  const known = memos.get(one);
  if (known !== undefined) return known;
  const own = text(one);
  const made = { text: own, sha256: sha256(own) };
  memos.set(one, made);
  return made;
}

/** Its place in the log is taken by a line that says so (`exportLines`). */
function isDropped(event: SignedEvent, roster: Roster): boolean {
  return isStub(event) || roster.purged.has(event.id);
}

/** The order of the lines of the log: by the writers' clocks, which decide nothing, then by id. */
function inLogOrder(a: SignedEvent, b: SignedEvent): number {
  return a.created_at - b.created_at || (a.id < b.id ? -1 : 1);
}
