import { LOG_FILE, text } from '../../log/published/texts.ts';
import { API } from '../../model/api.ts';
import { SNAPSHOT } from './landmarks.ts';
import type { Page } from './pages.ts';
import { type PartStore, partOf } from './part-store.ts';
import type { RecordFolders } from './record-folders.ts';
import type { Round } from './round.ts';
import { type SiteFile, siteFile } from './site-file.ts';
import type { SiteFolder } from './site-folder.ts';

/**
 * The order in which any host must get a round's files; a reader in between finds all that is named by what he was given.
 * `parts`: what is kept by its content and is never overwritten. `data`: the same under its plain names, with the list. `rest`:
 * what lies under its plain name alone, so after the list: who finds a newer list knows why that is newer too. `pages`: HTML but
 * for the front page. Then the snapshot, and last the front page.
 */
export type PhaseName = 'parts' | 'data' | 'rest' | 'pages' | 'snapshot' | 'index';

/** Paths of the files that a round wrote, in phases; `gone` may be removed after them. */
export interface Written {
  readonly phases: readonly { readonly name: PhaseName; readonly paths: readonly string[] }[];
  readonly gone: readonly string[];
}

/** Files on their way to the disk at a time: each waits for the disk by itself. */
const AT_ONCE = 16;

export interface RoundWriter {
  /** `restore` is called first where files are missing in the folder. */
  write(round: Round, now: number, restore: () => Promise<void>): Promise<Written>;
}

export function createRoundWriter(folder: SiteFolder, store: PartStore, folders: RecordFolders): RoundWriter {
  /** From what each page on the disk was drawn. */
  const drawn = new Map<string, unknown>();
  let isRestored = true;

  async function draw(page: Page): Promise<boolean> {
    if (page.source !== null && drawn.get(page.path) === page.source) return false;
    const written = await folder.write(siteFile(page.path, page.draw()));
    drawn.set(page.path, page.source);
    return written;
  }

  return {
    write: async (round, now, restore) => {
      if (await folder.isDisturbed()) {
        drawn.clear();
        isRestored = false;
      }
      // What fails half-way is done by the next round.
      if (!isRestored) await restore();
      isRestored = true;
      const { files } = round;
      const record = [...files.filter(({ path }) => isPart(path)), round.parts];
      const named = (file: SiteFile) => folder.name(file, partOf(file).path);
      const phases = [
        { name: 'parts', paths: await each(record.map(partOf), folder.write) },
        { name: 'data', paths: await each(record, named) },
        {
          name: 'rest',
          paths: await each(
            files.filter(({ path }) => !isPart(path)),
            folder.write,
          ),
        },
        { name: 'pages', paths: await each(round.pages, draw) },
        { name: 'snapshot', paths: await each([siteFile(SNAPSHOT, text(round.event))], folder.write) },
        { name: 'index', paths: await each([round.front], draw) },
      ] as const;
      const unnamed = await store.turn(
        record.map((file) => partOf(file).path),
        now,
      );
      const untold = await folders.sweep(new Set([...files, ...round.pages].map(({ path }) => path)));
      for (const path of untold) drawn.delete(path);
      return {
        phases,
        gone: [...unnamed, ...untold],
      };
    },
  };
}

/** The record; the API for others and the feeds are files that stand alone. */
export function isPart(path: string): boolean {
  return path.startsWith(`${API}/`) || path === LOG_FILE;
}

/** Runs `task` for all, some at a time; the paths of those for which it says that something was written. */
async function each<Item extends { readonly path: string }>(
  items: readonly Item[],
  task: (item: Item) => Promise<boolean>,
): Promise<readonly string[]> {
  const waiting = items.values();
  const written: string[] = [];
  async function work(): Promise<void> {
    for (const item of waiting) if (await task(item)) written.push(item.path);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return written;
}
