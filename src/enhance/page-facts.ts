import type { PublicPage } from '../model/snapshot.ts';

/** What `publish` wrote into the page about whose it is. */
export interface PageFacts {
  readonly root: string;
  readonly relays: readonly string[];
  readonly mirrors: readonly string[];
  readonly page: PublicPage;
  /** How often an open page asks for a newer snapshot. */
  readonly ask_every_ms: number;
  /** Where a browser leaves its subscription, and the key it is made with; null where no push is offered. */
  readonly push: PushFacts | null;
}

export interface PushFacts {
  readonly address: string;
  readonly key: string;
}

export type Family = 'status' | 'incident' | 'history' | 'embed' | 'offline' | 'missing';

/** Null on a page that was built and never assembled. */
export function readFacts(document: Document): PageFacts | null {
  const text = document.getElementById('site')?.textContent;
  return text ? (JSON.parse(text) as PageFacts) : null;
}

function familyOf(document: Document): Family {
  return (document.documentElement.dataset['family'] ?? 'missing') as Family;
}

/** Which of the public pages this is. */
export interface PageAddress {
  readonly family: Family;
  /** Of an incident's or a maintenance's page. */
  readonly code: string | null;
  /** YYYY-MM, of a month's page. */
  readonly month: string | null;
  /** IANA zone of the reader. */
  readonly timeZone: string;
}

export function addressOf(document: Document): PageAddress {
  const { pathname } = document.location;
  let timeZone: string | undefined;
  return {
    family: familyOf(document),
    code: incidentCode(pathname),
    month: historyMonth(pathname),
    // Only when it is needed: the first word with its calendars holds a browser up for long (`check-thread.ts`).
    get timeZone() {
      timeZone ??= new Intl.DateTimeFormat().resolvedOptions().timeZone;
      return timeZone;
    },
  };
}

/** Neither reloaded nor returned to, nor opened at one of its places. */
export function isOpenedAnew(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.type === 'navigate' && !location.hash;
}

/** The month in /history/<YYYY-MM>/; null elsewhere. */
function historyMonth(path: string): string | null {
  return /^\/history\/(\d{4}-(?:0[1-9]|1[0-2]))\/?$/.exec(path)?.[1] ?? null;
}

/** The incident's code in /incidents/<code>/; null elsewhere. */
function incidentCode(path: string): string | null {
  return /^\/incidents\/([0-9a-z]+)\/?$/.exec(path)?.[1] ?? null;
}
