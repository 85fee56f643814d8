import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from './atomic.ts';

/** Pages that were open when a new version came go on loading the old one's pieces for so long. */
const GRACE_MS = 30 * 86_400_000;
const FOLDER = '_astro';
const NOTES = '.unused.json';

/**
 * Removes hashed assets that no build has used for 30 days, and resolves to their paths. Since when each is unused is noted in
 * `out` itself: a file's own time says when it was written. `now` in milliseconds.
 */
export async function sweepOldAssets(dist: string, out: string, now: number): Promise<readonly string[]> {
  const used = new Set(await namesIn(join(dist, 'site', FOLDER)));
  const unused = (await namesIn(join(out, FOLDER))).filter((name) => !used.has(name));
  const notes = await readNotes(join(out, NOTES));
  const since = unused.map((name) => [name, notes[name] ?? now] as const);
  const old = since.filter(([, at]) => now - at > GRACE_MS).map(([name]) => name);
  for (const name of old) await rm(join(out, FOLDER, name), { force: true });
  const kept = since.filter(([name]) => !old.includes(name));
  await writeWhole(out, NOTES, JSON.stringify(Object.fromEntries(kept)));
  return old.map((name) => `${FOLDER}/${name}`);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []); // Nothing was built into it yet.
  return entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
}

async function readNotes(path: string): Promise<Readonly<Record<string, number>>> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Readonly<Record<string, number>>;
  } catch {
    return {}; // None yet, or unreadable: the time of grace begins anew.
  }
}
