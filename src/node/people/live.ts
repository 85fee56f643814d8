import { verifyEvent } from '../../log/event.ts';
import type { Log } from '../../log/log.ts';
import { ownFile } from '../../log/published/own-file.ts';
import { API } from '../../model/api.ts';
import { type IsoTime, isoTime } from '../../model/clock.ts';
import { readSnapshot } from '../../model/read-snapshot.ts';
import { isShown, isTold, type Sought } from '../../model/sought.ts';

const ASK_EVERY_MS = 500;
const DEADLINE_MS = 4_000;

/**
 * Reads the site's own snapshot back (and the incident's own file, where the front page has no room for it) until it shows
 * what is sought; resolves with the time at which it was seen, or with undefined when `timeoutMs` is over. Nothing is assumed:
 * signature, publisher and hashes are checked. `site` is its base URL.
 */
export async function seenLive(
  log: Log,
  site: string,
  sought: Sought,
  timeoutMs: number,
): Promise<IsoTime | undefined> {
  const { platform } = log;
  const until = platform.now() + timeoutMs;
  do {
    if (await isSeen(log, site.replace(/\/$/, ''), sought)) return isoTime(platform.now());
    await new Promise<void>((resolve) => platform.after(ASK_EVERY_MS, resolve));
  } while (platform.now() < until);
  return undefined;
}

async function isSeen(log: Log, origin: string, sought: Sought): Promise<boolean> {
  const read = async (path: string) => {
    const init = { signal: AbortSignal.timeout(DEADLINE_MS), cache: 'no-store' } as const;
    const answer = await log.platform.fetch(origin + path, init);
    return answer.ok ? await answer.text() : undefined;
  };
  try {
    const verified = verifyEvent(JSON.parse((await read(`/${API}/snapshot.json`)) ?? 'null'), log.org);
    const snapshot = verified.type === 'ok' ? readSnapshot(verified.event, log.roster()) : null;
    if (snapshot === null) return false;
    if (isShown(snapshot, sought) || sought.type === 'component') return isShown(snapshot, sought);
    const file = await ownFile(read, snapshot.parts, sought.code);
    return file !== undefined && isTold(file, sought);
  } catch {
    // The site is unreachable or answers with something else: not seen, which is what the caller reports.
    return false;
  }
}
