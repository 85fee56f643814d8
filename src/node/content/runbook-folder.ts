import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Runbook } from '../../vault/document.ts';
import { ContentError } from './content-error.ts';
import { idOf, type MarkdownFile, parseRunbook } from './runbook.ts';

/** Pages about a folder, not runbooks. */
const NOT_RUNBOOKS = /(?:^|\/)(?:_index|index|README|CONTRIBUTING|CHANGELOG)\.(?:md|markdown)$/i;

/**
 * Every runbook of a content folder: the Markdown files below `runbooks/`, or below the folder itself where it has no
 * such folder. Other files are left alone. By path. @throws ContentError
 */
export async function readRunbooks(content: string): Promise<readonly Runbook[]> {
  const files = await markdownFiles(await runbookFolder(content));
  const ids = new Map<string, string>();
  const paths = new Map<string, string>();
  for (const file of files) {
    const id = idOf(file);
    const twin = paths.get(id);
    if (twin !== undefined)
      throw new ContentError(`${file.path}: the id "${id}" is already that of ${twin}; give it another.`);
    paths.set(id, file.path);
    ids.set(file.path, id);
  }
  return files.map((file) => parseRunbook(file, ids));
}

async function runbookFolder(content: string): Promise<string> {
  const inside = join(content, 'runbooks');
  const found = await stat(inside).catch(() => undefined);
  return found?.isDirectory() ? inside : content;
}

async function markdownFiles(folder: string): Promise<readonly MarkdownFile[]> {
  try {
    const names = await readdir(folder, { recursive: true });
    const paths = names.map((name) => name.split(sep).join('/')).filter(isRunbook);
    return await Promise.all(
      paths.sort().map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })),
    );
  } catch (error) {
    throw new ContentError(`The runbooks in ${folder} cannot be read: ${(error as Error).message}.`);
  }
}

function isRunbook(path: string): boolean {
  const hidden = path.split('/').some((part) => part.startsWith('.') || part === 'node_modules');
  return /\.(?:md|markdown)$/i.test(path) && !hidden && !NOT_RUNBOOKS.test(path);
}
