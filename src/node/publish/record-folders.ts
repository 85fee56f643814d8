import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { PARTS_FOLDER } from '../../log/published/part-path.ts';
import { API } from '../../model/api.ts';
import type { SiteFolder } from './site-folder.ts';

/** Folders in which every file speaks of one incident, maintenance or month. */
const RECORD_FOLDERS: readonly string[] = ['incidents', 'history', `${API}/incidents`, `${API}/history`];
/** Folders that grow with the record: what is not published is not left there. */
export const SWEPT_FOLDERS: readonly string[] = [...RECORD_FOLDERS, PARTS_FOLDER];

/** Removes what is published no more. */
export interface RecordFolders {
  /**
   * Removes every file of theirs that is not among `published`, and gives their paths: of what was purged, or counts no more,
   * no page and no file may go on telling.
   */
  sweep(published: ReadonlySet<string>): Promise<readonly string[]>;
}

/** Looks into the folders once; from then on it knows what lies there. */
export function openRecordFolders(out: string, folder: SiteFolder): RecordFolders {
  let lying: Iterable<string> | undefined;
  return {
    sweep: async (published) => {
      const gone = [...(lying ?? (await filesBelow(out, RECORD_FOLDERS)))].filter((path) => !published.has(path));
      for (const path of gone) await folder.remove(path);
      lying = [...published].filter((path) => RECORD_FOLDERS.some((one) => path.startsWith(`${one}/`)));
      return gone;
    },
  };
}

/** Paths of all files in `folders` of the site at `out`, drafts left out. */
export async function filesBelow(out: string, folders: readonly string[]): Promise<readonly string[]> {
  const lists = await Promise.all(
    // One that is not there yet holds nothing.
    folders.map((one) => readdir(join(out, one), { recursive: true, withFileTypes: true }).catch(() => [])),
  );
  return lists
    .flat()
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(out, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
