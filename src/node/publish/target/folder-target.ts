import { access, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { removeOldDrafts, writeWhole } from '../atomic.ts';
import { makeReadableFolder, makeSiteReadable } from '../readable.ts';
import { filesBelow } from '../record-folders.ts';
import { removeFile } from '../site-folder.ts';
import type { Target } from './target.ts';

/** Another folder of this machine, written as the publisher writes its own: each file by rename. `now` in milliseconds. */
export function folderTarget(path: string, now: number): Target {
  const folder = resolve(path);
  let swept: Promise<void> | undefined;
  return {
    name: path,
    put: async ({ folder: from, phases }, signal) => {
      await makeReadableFolder(folder);
      swept ??= removeOldDrafts(folder, now).then(() => makeSiteReadable(folder));
      await swept;
      for (const { paths } of phases) {
        for (const file of paths) {
          signal.throwIfAborted();
          await writeWhole(folder, file, await readFile(join(from, file)));
        }
      }
    },
    holds: (paths) =>
      Promise.all(paths.map((file) => access(join(folder, file)))).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
          throw error;
        },
      ),
    list: (folders) => filesBelow(folder, folders),
    remove: async (paths, signal) => {
      for (const file of paths) {
        signal.throwIfAborted();
        await removeFile(folder, file);
      }
    },
  };
}
