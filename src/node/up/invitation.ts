import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../log/log.ts';
import { type MadeInvite, makeInvite } from '../../log/people/join.ts';
import { writeWhole } from '../organisation/folder.ts';

const RENEW_AFTER_MS = 20 * 3_600_000;

/**
 * The link that enrols the first devices: the one of the last start while it is fresh and opens the same site, else a new
 * one. It holds the invite's secret, so the file is its owner's alone.
 */
export async function currentInvite(
  dir: string,
  log: Log,
  site: string,
  relays: readonly string[],
): Promise<MadeInvite> {
  const path = join(dir, 'invite.json');
  const kept = parse(await readFile(path, 'utf8').catch(() => ''));
  const age = log.platform.now() - (kept?.madeAt ?? 0);
  if (kept?.link.startsWith(site) === true && age >= 0 && age < RENEW_AFTER_MS) return kept;
  const invite = await makeInvite(log, site, relays);
  await writeWhole(path, `${JSON.stringify(invite)}\n`, true);
  return invite;
}

function parse(text: string): MadeInvite | undefined {
  try {
    return JSON.parse(text) as MadeInvite;
  } catch {
    // Absent or damaged: a new invite is made, which costs nothing.
    return undefined;
  }
}
