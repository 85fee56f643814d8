import { verifyEvent } from '../log/event.ts';
import { API } from '../model/api.ts';
import { organisation } from '../model/event.ts';
import { readSnapshot } from '../model/read-snapshot.ts';
import type { Roster } from '../model/roster.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Platform } from '../platform.ts';
import { $siteSnapshot } from './claims.ts';

const SNAPSHOT_PATH = `/${API}/snapshot.json`;
const DEADLINE_MS = 4_000;

/** What the site itself answered: a verified snapshot and when it was read (Unix milliseconds), or why there is none. */
export type SiteAnswer =
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot; readonly at: number }
  | { readonly type: 'unreachable' }
  | { readonly type: 'foreign' };

/**
 * Reads the published snapshot back from the site, past every cache, and checks its signature and its publisher.
 * `origin` has no slash at its end. A captive portal's page, a forged or malformed answer is `foreign`.
 */
export async function readSite(
  platform: Pick<Platform, 'fetch' | 'now'>,
  origin: string,
  roster: Roster,
): Promise<SiteAnswer> {
  let text: string;
  try {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const answer = await platform.fetch(origin + SNAPSHOT_PATH, { cache: 'no-store', credentials: 'omit', signal });
    if (!answer.ok) return { type: 'unreachable' };
    text = await answer.text();
  } catch {
    return { type: 'unreachable' };
  }
  const verified = verifyEvent(parsed(text), organisation(roster.root));
  if (verified.type === 'invalid') return { type: 'foreign' };
  const snapshot = readSnapshot(verified.event, roster);
  if (snapshot === null) return { type: 'foreign' };
  const held = $siteSnapshot.get();
  if (held === null || held.created_at <= verified.event.created_at) $siteSnapshot.set(verified.event);
  return { type: 'snapshot', snapshot, at: platform.now() };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not JSON at all: verifying says so.
  }
}
