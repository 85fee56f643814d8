import { createHash } from 'node:crypto';
import { canonical, type Json } from '../../model/canonical.ts';
import { KIND, type SignedEvent } from '../../model/event.ts';
import type { PublicIncident } from '../../model/snapshot.ts';

export const API = 'api/lifeboat/v1';

/** Published data files by path: one for each incident, the roster, and the whole public log as canonical lines. */
export function dataFiles(
  incidents: readonly PublicIncident[],
  events: readonly SignedEvent[],
): ReadonlyMap<string, string> {
  const rosters = events.filter(({ kind }) => kind === KIND.roster).toSorted(byTime);
  const said = events.filter(({ kind }) => kind === KIND.public).toSorted(byTime);
  return new Map([
    ...incidents.map((incident) => [`${API}/incidents/${incident.code}.json`, text(incident)] as const),
    [`${API}/roster.json`, text(rosters)],
    ['log/public.jsonl', [...rosters, ...said].map((event) => `${text(event)}\n`).join('')],
  ]);
}

/** Maps every data file to its SHA-256 (hex); its own hash stands in the snapshot. */
export function partsFile(files: ReadonlyMap<string, string>): string {
  return text(Object.fromEntries([...files].map(([path, data]) => [`/${path}`, sha256(data)])));
}

export function sha256(data: string): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Canonical JSON of a value of ours: our readonly types are JSON, which the compiler cannot see. */
export function text(value: unknown): string {
  return canonical(value as Json);
}

function byTime(a: SignedEvent, b: SignedEvent): number {
  return a.created_at - b.created_at || (a.id < b.id ? -1 : 1);
}
