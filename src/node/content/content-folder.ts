import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unreadable } from '../unreadable.ts';
import { ContentError } from './content-error.ts';

/** The content that comes with Lifeboat: a small payment company. */
export const DEMO_FOLDER = fileURLToPath(new URL('../../content', import.meta.url));

/**
 * The operator's folder: `LIFEBOAT_CONTENT`; or `content` in the organisation's folder `dir`, which `init` makes; or the demo.
 * @throws ContentError where LIFEBOAT_CONTENT names no folder.
 */
export async function contentFolder(environment: NodeJS.ProcessEnv = process.env, dir?: string): Promise<string> {
  const wanted = environment['LIFEBOAT_CONTENT'];
  if (!wanted) {
    const own = dir === undefined ? undefined : resolve(dir, 'content');
    return own !== undefined && (await isFolder(own)) ? own : DEMO_FOLDER;
  }
  const folder = resolve(wanted);
  const found = await isFolder(folder);
  if (found === undefined)
    throw new ContentError(`The content folder ${folder} does not exist: check LIFEBOAT_CONTENT.`);
  if (!found) throw new ContentError(`${folder} is not a folder: LIFEBOAT_CONTENT must name one.`);
  return folder;
}

/** Undefined where there is nothing. */
async function isFolder(path: string): Promise<boolean | undefined> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw new ContentError(unreadable(path, error));
  });
  return found?.isDirectory();
}

/** Where the site.yaml of `folder` lies; the demo's where it has none. */
export async function siteFile(folder: string): Promise<{ readonly path: string; readonly demo: boolean }> {
  const path = join(folder, 'site.yaml');
  const exists = await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw new ContentError(unreadable(path, error));
    },
  );
  return exists ? { path, demo: false } : { path: join(DEMO_FOLDER, 'site.yaml'), demo: true };
}
