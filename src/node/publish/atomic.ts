import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

let counter = 0;

/**
 * Writes a file by rename, so that a reader sees the old one or the new one and never a half; bytes are on disk before the
 * name changes. Resolves to false where the file already held these bytes.
 */
export async function writeWhole(folder: string, path: string, data: string | Uint8Array): Promise<boolean> {
  const target = join(folder, path);
  const bytes = Buffer.from(data);
  if (await holds(target, bytes)) return false;
  await mkdir(dirname(target), { recursive: true });
  counter += 1;
  const draft = join(dirname(target), `.draft-${process.pid}-${counter}`);
  try {
    await writeFile(draft, bytes, { flush: true });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return true;
}

async function holds(path: string, bytes: Buffer): Promise<boolean> {
  try {
    return (await readFile(path)).equals(bytes);
  } catch {
    return false; // Not there yet, or not readable: writing will say so.
  }
}
