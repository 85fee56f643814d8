import { atom } from 'nanostores';

export type Screen = 'now' | 'room' | 'runbooks' | 'post' | 'people';

const PLAIN: readonly string[] = ['now', 'room', 'post', 'people'] satisfies Screen[];

/** What the part of the address behind `#` asks for; `screen: null`: nothing, so the mode decides. */
export interface Route {
  readonly screen: Screen | null;
  /** Id of the runbook that is open, on the screen `runbooks` only. */
  readonly runbook: string | null;
}

export const $route = atom<Route>({ screen: null, runbook: null });

/** Reads `#now`, `#room`, `#runbooks`, `#runbooks/<id>` (URL-encoded), `#post` and `#people`; anything else is no wish. */
export function parseRoute(hash: string): Route {
  const [screen = '', ...rest] = hash.replace(/^#/, '').split('/');
  if (isPlain(screen)) return { screen, runbook: null };
  if (screen !== 'runbooks') return { screen: null, runbook: null };
  return { screen, runbook: rest.length === 0 ? null : decoded(rest.join('/')) };
}

function isPlain(screen: string): screen is Exclude<Screen, 'runbooks'> {
  return PLAIN.includes(screen);
}

export function runbookAddress(id: string): string {
  return `#runbooks/${encodeURIComponent(id)}`;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text) || null;
  } catch {
    return null; // A broken escape names no runbook.
  }
}
