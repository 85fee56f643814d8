import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { MANIFEST } from './landmarks.ts';

/** What a web server that runs as another user needs, whatever this process's umask takes away. */
const FILE = 0o644;
const FOLDER = 0o755;

/** Makes `folder` and what is missing above it, for everybody to read. */
export async function makeReadableFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = resolve(folder); made.length >= resolve(first).length; made = dirname(made))
    await allow(made, FOLDER);
}

export async function makeReadable(file: string): Promise<void> {
  await allow(file, FILE);
}

/** Puts right what another umask left in `folder`; where no site lies in it yet, of the folder alone. */
export async function makeSiteReadable(folder: string): Promise<void> {
  await allow(folder, FOLDER);
  if (existsSync(join(folder, MANIFEST))) await makeAllReadable(folder);
}

/** Dot files are nobody else's. */
async function makeAllReadable(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []); // Not ours: `lost+found` of a disk.
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isFile()) await makeReadable(path);
    if (!entry.isDirectory()) continue;
    await allow(path, FOLDER);
    await makeAllReadable(path);
  }
}

/** Takes no right away that somebody gave. */
async function allow(path: string, rights: number): Promise<void> {
  try {
    const { mode } = await stat(path);
    if ((mode & rights) !== rights) await chmod(path, (mode & 0o7777) | rights);
  } catch {
    // Gone, another user's, or on a disk without rights: writing says what is wrong, and `lifeboat doctor` what readers get.
  }
}
