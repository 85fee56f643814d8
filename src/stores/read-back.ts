import { ownFile } from '../log/published/own-file.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { isShown, isTold, type Sought } from '../model/sought.ts';
import { $roster } from './claims.ts';
import { readSite } from './live.ts';
import { outside } from './outside.ts';

const READ_BACK_MS = 1_500;
const DEADLINE_MS = 4_000;

/** Whether what was said was read back from the public page; `at` in Unix milliseconds. */
export type Live =
  | { readonly type: 'waiting' }
  | { readonly type: 'unreachable' }
  | { readonly type: 'seen'; readonly at: number };

/** Asks the site again and again until it shows what is sought, or until `tell` answers that nobody waits any more. */
export function readBack(sought: Sought, tell: (live: Live) => boolean): void {
  void look();
  async function look(): Promise<void> {
    const { platform } = outside();
    const live = await ask(sought);
    if (tell(live) && live.type !== 'seen') platform.after(READ_BACK_MS, () => void look());
  }
}

async function ask(sought: Sought): Promise<Live> {
  const roster = $roster.get();
  const { platform, origin } = outside();
  const answer = roster === null ? null : await readSite(platform, origin, roster);
  if (answer?.type !== 'snapshot') return { type: 'unreachable' };
  const isSeen = isShown(answer.snapshot, sought) || (await isInOwnFile(answer.snapshot, sought));
  return isSeen ? { type: 'seen', at: answer.at } : { type: 'waiting' };
}

/** What is old stands in its own file alone; the front page has no room for it. */
async function isInOwnFile({ parts }: Snapshot, sought: Sought): Promise<boolean> {
  if (sought.type === 'component') return false;
  const file = await ownFile(readFile, parts, sought.code);
  return file !== undefined && isTold(file, sought);
}

async function readFile(path: string): Promise<string | undefined> {
  const { platform, origin } = outside();
  try {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const answer = await platform.fetch(origin + path, { cache: 'no-store', credentials: 'omit', signal });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined; // Refused or cut off: not seen yet, and asked again.
  }
}
