import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PARTS_FOLDER, partPath } from '../../log/published/part-path.ts';
import type { SiteFile } from './site-file.ts';
import type { SiteFolder } from './site-folder.ts';

/** How long a part stays after the last snapshot that named it: no copy in any cache on the way is believed for so long. */
const KEEP_MS = 60 * 60_000;

/** The parts by their content (`partPath`): of now, and for a while of before. */
export interface PartStore {
  /** Notes which parts the next snapshot names, in ms; those that none has named for long are removed, and their paths returned. */
  turn(named: Iterable<string>, now: number): Promise<readonly string[]>;
  /** Removes all but those named now: something was purged from the record. */
  forgetOlder(): Promise<readonly string[]>;
}

export async function openPartStore(out: string, folder: SiteFolder, now: number): Promise<PartStore> {
  const lying = await readdir(join(out, PARTS_FOLDER)).catch(() => []); // The first round makes it.
  /** When each part is to go; what is named stays. */
  const ends = new Map(lying.map((name) => [`${PARTS_FOLDER}/${name}`, now + KEEP_MS]));
  let current: ReadonlySet<string> = new Set();

  async function removeAll(paths: readonly string[]): Promise<readonly string[]> {
    for (const path of paths) {
      await folder.remove(path);
      ends.delete(path);
    }
    return paths;
  }

  return {
    turn: async (named, at) => {
      const next = new Set(named);
      for (const path of current) if (!next.has(path)) ends.set(path, at + keepFor(path));
      for (const path of next) ends.delete(path);
      current = next;
      return removeAll([...ends].filter(([, end]) => end <= at).map(([path]) => path));
    },
    forgetOlder: () => removeAll([...ends.keys()]),
  };
}

/** The public log is long, and changes with every word: its last version stays for one more round only. */
function keepFor(path: string): number {
  return path.endsWith('.jsonl') ? 1 : KEEP_MS;
}

export function partOf(file: SiteFile): SiteFile {
  return { ...file, path: partPath(file.path, file.sha256) };
}
