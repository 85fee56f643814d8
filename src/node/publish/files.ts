import { KIND, type SignedEvent } from '../../model/event.ts';
import type { Folded } from '../../model/folded.ts';
import type { PublicFold } from '../../model/incidents.ts';
import type { Roster } from '../../model/roster.ts';
import type { Site } from '../../model/site.ts';
import { API, text } from './parts.ts';
import type { Claims } from './sign.ts';

/** What one round publishes; every data file follows from it. */
export interface Published {
  readonly site: Site;
  readonly roster: Roster;
  readonly folded: Folded;
  /** The snapshot to be signed, but for the hash of the parts. */
  readonly claims: Claims;
  /** Everything held, this round's `page` event included. */
  readonly events: readonly SignedEvent[];
}

/** Every published data file by path, but for parts.json and snapshot.json, which name these. */
export function dataFiles({ folded, events }: Published): ReadonlyMap<string, string> {
  return new Map([...recordFiles(folded.said, events)]);
}

/** What follows from the log alone: a file for each incident and maintenance, the rosters, the public log itself. */
export function recordFiles(said: PublicFold, events: readonly SignedEvent[]): ReadonlyMap<string, string> {
  const { incidents, maintenances, retracted } = said;
  const all = [...incidents, ...maintenances, ...retracted.incidents, ...retracted.maintenances];
  const rosters = events.filter(({ kind }) => kind === KIND.roster).toSorted(byTime);
  const log = events.filter(({ kind }) => kind === KIND.public).toSorted(byTime);
  return new Map([
    ...all.map((one) => [`${API}/incidents/${one.code}.json`, text(one)] as const),
    [`${API}/roster.json`, text(rosters)],
    ['log/public.jsonl', [...rosters, ...log].map((event) => `${text(event)}\n`).join('')],
  ]);
}

function byTime(a: SignedEvent, b: SignedEvent): number {
  return a.created_at - b.created_at || (a.id < b.id ? -1 : 1);
}
