import { verifyEvent } from '../../log/event.ts';
import type { Log } from '../../log/log.ts';
import { type IsoTime, isoTime } from '../../model/clock.ts';
import { readSnapshot, shows } from '../../model/published.ts';

const ASK_EVERY_MS = 500;
const DEADLINE_MS = 4_000;

/**
 * Reads the site's own snapshot back until it shows the update `id`; resolves with the time at which it was seen, or with
 * undefined when `timeoutMs` is over. Nothing is assumed: signature and publisher are checked. `site` is its base URL.
 */
export async function seenLive(log: Log, site: string, id: string, timeoutMs: number): Promise<IsoTime | undefined> {
  const { platform } = log;
  const until = platform.now() + timeoutMs;
  const address = new URL('api/lifeboat/v1/snapshot.json', site.endsWith('/') ? site : `${site}/`).href;
  do {
    if (await isShown(log, address, id)) return isoTime(platform.now());
    await new Promise<void>((resolve) => platform.after(ASK_EVERY_MS, resolve));
  } while (platform.now() < until);
  return undefined;
}

async function isShown(log: Log, address: string, id: string): Promise<boolean> {
  try {
    const answer = await log.platform.fetch(address, { signal: AbortSignal.timeout(DEADLINE_MS), cache: 'no-store' });
    const verified = verifyEvent(await answer.json(), log.org);
    const snapshot = verified.type === 'ok' ? readSnapshot(verified.event, log.roster()) : null;
    return snapshot !== null && shows(snapshot, id);
  } catch {
    // The site is unreachable or answers with something else: not seen, which is what the caller reports.
    return false;
  }
}
