import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SignedEvent } from '../../model/event.ts';
import { PlainError } from '../plain-error.ts';
import { nodePlatform } from '../platform.ts';
import { unreadable } from '../unreadable.ts';
import { checkExport, checkSnapshotFile } from './files.ts';
import type { Findings } from './findings.ts';
import { checkOrganisation } from './organisation.ts';
import { checkSite, isSite } from './site.ts';
import { folderSource, urlSource } from './source.ts';
import { WrongThing } from './wrong-thing.ts';

/** Whose it must be, and the rosters that are known beside what is checked. */
export interface Authority {
  readonly root: string | undefined;
  readonly events: readonly SignedEvent[];
}

/** What was found right; `root` is whose it is, as far as that is known. */
export type Checked = Findings & { readonly root: string | undefined };

/** Checks what lies at `place`: a file, a folder or a URL. @throws WrongThing or, where nothing can be checked, PlainError */
export async function checkPlace(place: string, authority: Authority): Promise<Checked> {
  const now = nodePlatform.now();
  if (/^https?:\/\//i.test(place)) {
    const source = urlSource(new URL(place));
    if (await isSite(source)) return checkSite(source, authority.root, now);
    throw new PlainError(`${place} serves no site of Lifeboat: give the address of a front page.`);
  }
  const path = resolve(place);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new PlainError(unreadable(path, error));
  });
  if (found.isDirectory()) return checkFolder(path, authority, now);
  return path.endsWith('.json') ? checkSnapshotFile(path, authority, now) : checkExport(path, authority);
}

/** A site; or an organisation, with the site that lies in it; or exports beside each other. */
async function checkFolder(path: string, authority: Authority, now: number): Promise<Checked> {
  const source = folderSource(path);
  if (await isSite(source)) return checkSite(source, authority.root, now);
  const names = await readdir(path);
  if (names.includes('organisation.json')) {
    const checked = await checkOrganisation(path);
    if (authority.root !== undefined && authority.root !== checked.root)
      throw new WrongThing(path, 'it belongs to another organisation');
    const site = folderSource(join(path, 'site'));
    if (!(await isSite(site))) return checked;
    const { counts, notes } = await checkSite(site, checked.root, now);
    const prefixed = Object.entries(counts).map(([name, count]) => [`site_${name}`, count]);
    return {
      ...checked,
      counts: { ...checked.counts, ...Object.fromEntries(prefixed) },
      notes: [...checked.notes, ...notes],
    };
  }
  const exports = names.filter((name) => name.endsWith('.jsonl')).sort();
  let last: Checked | undefined;
  for (const name of exports) last = await checkExport(join(path, name), authority);
  if (last !== undefined) return last;
  throw new PlainError(
    `${path} holds no site, no organisation and no export (.jsonl) that could be verified: name one that does.`,
  );
}
