import type { PublicPage } from '../model/snapshot.ts';

/** What `publish` wrote into the page about whose it is. */
export interface PageFacts {
  readonly root: string;
  readonly relays: readonly string[];
  readonly mirrors: readonly string[];
  readonly page: PublicPage;
  /** How often an open page asks for a newer snapshot. */
  readonly ask_every_ms: number;
}

export type Family = 'status' | 'incident' | 'history' | 'offline' | 'missing';

/** Null on a page that was built and never assembled. */
export function readFacts(document: Document): PageFacts | null {
  const text = document.getElementById('site')?.textContent;
  return text ? (JSON.parse(text) as PageFacts) : null;
}

export function familyOf(document: Document): Family {
  return (document.documentElement.dataset['family'] ?? 'missing') as Family;
}

/** The incident's code in /incidents/<code>/; null elsewhere. */
export function incidentCode(path: string): string | null {
  return /^\/incidents\/([0-9a-z]+)\/?$/.exec(path)?.[1] ?? null;
}
