import { glob, link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isAlive } from './live-process.ts';
import { makeReadable, makeReadableFolder } from './readable.ts';

let counter = 0;

/**
 * Writes a file of the site for everybody to read, by rename, so that a reader sees the old one or the new one and never a half;
 * bytes are on disk before the name changes. Resolves to false where the file already held these bytes.
 */
export async function writeWhole(folder: string, path: string, data: string | Uint8Array): Promise<boolean> {
  const target = join(folder, path);
  const bytes = Buffer.from(data);
  if (await holds(target, bytes)) return false;
  await place(target, (draft) => writeFile(draft, bytes, { flush: true }));
  return true;
}

/** Gives the file `from` a second name in place of what `to` named; where the disk knows no links, a copy. */
export async function nameWhole(folder: string, from: string, to: string): Promise<void> {
  const source = join(folder, from);
  await place(join(folder, to), (draft) =>
    // FAT, some network disks: whatever stands in the way of a link, writing will get through or say what it is.
    link(source, draft).catch(async () => writeFile(draft, await readFile(source), { flush: true })),
  );
}

async function place(target: string, make: (draft: string) => Promise<void>): Promise<void> {
  await makeReadableFolder(dirname(target));
  counter += 1;
  const draft = join(dirname(target), `.draft-${process.pid}-${counter}`);
  try {
    await make(draft);
    await makeReadable(draft);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  // Of two names of one file, `rename` leaves both in place.
  await rm(draft, { force: true });
}

/** Longer than any file takes to write: what is older was left by a process that was killed. */
const DRAFT_MAX_MS = 60_000;

/** Removes what killed processes left half-written in `folder`; `now` in milliseconds. */
export async function removeOldDrafts(folder: string, now: number): Promise<void> {
  for await (const path of glob('**/.draft-*-*', { cwd: folder })) {
    const draft = join(folder, path);
    const facts = await stat(draft).catch(() => undefined); // Gone: another process has just finished it.
    if (facts === undefined) continue;
    const writer = Number(/\.draft-(\d+)-/.exec(path)?.[1] ?? 0);
    if (!isAlive(writer) || now - facts.ctimeMs > DRAFT_MAX_MS) await rm(draft, { force: true });
  }
}

async function holds(path: string, bytes: Buffer): Promise<boolean> {
  try {
    return (await readFile(path)).equals(bytes);
  } catch {
    return false; // Not there yet, or not readable: writing will say so.
  }
}
