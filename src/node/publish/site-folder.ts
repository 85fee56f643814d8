import { access, readFile, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nameWhole, writeWhole } from './atomic.ts';
import { sha256 } from './fast-sha256.ts';
import { SNAPSHOT } from './landmarks.ts';
import type { SiteFile } from './site-file.ts';

/**
 * The folder that hosts serve, with a memory of what lies in it: a file is compared with the disk once, when this process first
 * meets it, and from then on with its hash alone.
 */
export interface SiteFolder {
  /** Resolves to false where the file already lay there. */
  write(file: SiteFile): Promise<boolean>;
  /** The same where the text also lies at `from`: one file with two names. */
  name(file: SiteFile, from: string): Promise<boolean>;
  /** With its folder, where it was the last file there. */
  remove(path: string): Promise<void>;
  /**
   * Whether somebody else was here since the first round was written: the newest snapshot is not as it was left, or any file is
   * missing, for other targets are filled from here. Then nothing is taken as known.
   */
  isDisturbed(): Promise<boolean>;
}

/** `assembled`: paths of what was laid there before all rounds. */
export function openSiteFolder(folder: string, assembled: readonly string[]): SiteFolder {
  const known = new Map<string, string>();

  async function unlessKnown({ path, sha256: hash }: SiteFile, write: () => Promise<boolean>): Promise<boolean> {
    if (known.get(path) === hash) return false;
    const written = await write();
    known.set(path, hash);
    return written;
  }

  async function hashOf(path: string): Promise<string | undefined> {
    const bytes = await readFile(join(folder, path)).catch(() => undefined); // Not there, or not readable: not known.
    return bytes === undefined ? undefined : sha256(bytes);
  }

  /** By name alone: a disk tells thousands in a few hundredths of a second, where reading them would take the round its second. */
  async function areThere(paths: readonly string[]): Promise<boolean> {
    const found = await Promise.allSettled(paths.map((path) => access(join(folder, path))));
    return found.every(({ status }) => status === 'fulfilled');
  }

  return {
    write: (file) => unlessKnown(file, () => writeWhole(folder, file.path, file.text)),
    name: (file, from) =>
      unlessKnown(file, async () => {
        if ((await hashOf(file.path)) === file.sha256) return false;
        await nameWhole(folder, from, file.path);
        return true;
      }),
    remove: async (path) => {
      known.delete(path);
      await removeFile(folder, path);
    },
    isDisturbed: async () => {
      if (known.size === 0) return false;
      const snapshot = known.get(SNAPSHOT);
      const isAsLeft = snapshot !== undefined && (await hashOf(SNAPSHOT)) === snapshot;
      if (isAsLeft && (await areThere([...assembled, ...known.keys()]))) return false;
      known.clear();
      return true;
    },
  };
}

/** Removes a file, and its folder where nothing else is in it; what is not there is no failure. */
export async function removeFile(folder: string, path: string): Promise<void> {
  await rm(join(folder, path), { force: true });
  await rmdir(dirname(join(folder, path))).catch(() => {}); // Something else is in it, or it is gone.
}
