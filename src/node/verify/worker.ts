import { isSitePath } from '../../log/published/texts.ts';
import { type ShellFiles, sha256Base64, WORKER_OFF, workerFile } from '../publish/worker-file.ts';
import type { Source } from './source.ts';
import { WrongThing } from './wrong-thing.ts';

const SHELL = /^self\.LIFEBOAT_SHELL=(.*);\n/;

/** The service worker's list: every file that it keeps must have the hash that the list names. @throws WrongThing */
export async function checkWorker(
  source: Source,
): Promise<{ readonly files: number; readonly notes: readonly string[] }> {
  const name = source.nameOf('sw.js');
  const bytes = await source.read('sw.js');
  if (bytes === undefined) throw new WrongThing(name, 'it is missing');
  const text = Buffer.from(bytes).toString('utf8');
  if (text === WORKER_OFF) return { files: 0, notes: ['The service worker is switched off: readers keep no shell.'] };
  const files = parseList(text);
  if (files === undefined) throw new WrongThing(name, 'it does not begin with the list of files that it keeps');
  const code = text.replace(SHELL, '');
  if (workerFile(code, files) !== text) throw new WrongThing(name, 'its version does not fit its list and its code');
  for (const [path, hash] of Object.entries(files)) {
    if (!isSitePath(path)) throw new WrongThing(name, `it lists ${JSON.stringify(path)}, which is no path of the site`);
    const file = `${path.slice(1)}${path.endsWith('/') ? 'index.html' : ''}`;
    const kept = await source.read(file);
    if (kept === undefined) throw new WrongThing(source.nameOf(file), 'it is missing, and the service worker lists it');
    if (sha256Base64(kept) !== hash)
      throw new WrongThing(source.nameOf(file), 'it is not the file that the service worker lists');
  }
  return { files: Object.keys(files).length, notes: [] };
}

function parseList(text: string): ShellFiles | undefined {
  try {
    const { files } = JSON.parse(SHELL.exec(text)?.[1] ?? '') as { files: ShellFiles };
    return Object.values(files).every((hash) => typeof hash === 'string') ? files : undefined;
  } catch {
    // No list, or one that is no JSON: the caller says so.
    return undefined;
  }
}
