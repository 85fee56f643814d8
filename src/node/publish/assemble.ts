import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Site } from '../../model/site.ts';
import { siteBase } from '../../model/subscription.ts';
import type { Renderer, View } from '../../model/view.ts';
import { type HeaderRules, headerRules } from '../hosting/header-rules.ts';
import { errorFiles, headersFile } from '../hosting/underscore-files.ts';
import { writeWhole } from './atomic.ts';
import { scriptAfterPaint, scriptFirst } from './entry-script.ts';
import { publicPage, pushFacts } from './facts-block.ts';
import { MANIFEST } from './landmarks.ts';
import { manifestFile } from './manifest.ts';
import { fillPage, fillTemplate } from './template.ts';
import { type ShellFiles, sha256Base64, WORKER_OFF, workerFile } from './worker-file.ts';

interface Drawing {
  /** Complete pages but for the drawn state, by family. */
  readonly templates: Readonly<Record<DrawnFamily, string>>;
  readonly renderer: Renderer;
}

export interface Assembly extends Drawing {
  /** Of all files that were written. */
  readonly paths: readonly string[];
  /** Writes again what was written, for a folder that has lost files: of the same build, whatever was built since. */
  restore(): Promise<void>;
}

/** A site before any of it is written. */
interface Drafted extends Drawing {
  /** Shells, static pages and assets: what the worker keeps. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly rules: HeaderRules;
}

export type DrawnFamily = 'status' | 'incident' | 'history' | 'embed';

const DRAWN: Readonly<Record<DrawnFamily, string>> = {
  status: 'index.html',
  incident: 'incidents/index.html',
  history: 'history/index.html',
  embed: 'embed/index.html',
};
/** Pages without data, drawn once. */
const STATIC: Readonly<Record<string, (site: Site, root: string) => View>> = {
  'offline/index.html': (site) => ({ type: 'offline', page: publicPage(site) }),
  '404.html': (site) => ({ type: 'missing', page: publicPage(site) }),
  // Where no address is known, the page's script takes the one that it was opened at.
  'subscribe/index.html': (site) => ({
    type: 'subscribe',
    page: publicPage(site),
    base: siteBase(site.url),
    copy: { type: 'none' },
    push: pushFacts(site) === null ? null : 'off',
  }),
  'verify/index.html': (site, root) => ({
    type: 'verify',
    page: publicPage(site),
    root,
    base: siteBase(site.url),
  }),
};

/**
 * Turns the data-free build in `dist` into this organisation's site in `out` (DESIGN §8, Assembly): shells, static pages,
 * assets, `_headers`, and the worker with their hashes. Pages with data are the publisher's; none is in the worker's list.
 */
export async function assembleSite(
  dist: string,
  out: string,
  site: Site,
  root: string,
  workerOn = true,
): Promise<Assembly> {
  const { files, rules, templates, renderer } = await draftSite(dist, site, root);
  const code = await readFile(join(dist, 'worker', 'sw.js'), 'utf8');
  const all = new Map<string, string | Uint8Array>([
    ...files,
    ...errorFiles,
    ['_headers', headersFile(rules)],
    ['sw-off.js', WORKER_OFF],
    ['sw.js', workerOn ? workerFile(code, shellFiles(files)) : WORKER_OFF],
  ]);
  const restore = async () => {
    for (const [path, data] of all) await writeWhole(out, path, data);
  };
  await restore();
  return { templates, renderer, paths: [...all.keys()], restore };
}

/** The same without writing anything: what the files of other hosts are drawn from. */
export async function draftSite(dist: string, site: Site, root: string): Promise<Drafted> {
  const built = join(dist, 'site');
  const renderer = await loadRenderer(dist);
  const html = (path: string) => readFile(join(built, path), 'utf8');
  const read = async (path: string) => fillTemplate(await html(path), site, root);
  const readDrawn = async (family: DrawnFamily) =>
    fillTemplate(scriptAfterPaint(await html(DRAWN[family])), site, root);
  const templates = {
    status: await readDrawn('status'),
    incident: await readDrawn('incident'),
    history: await readDrawn('history'),
    embed: await readDrawn('embed'),
  };
  const page = publicPage(site);
  const draw = (template: string, view: View) => fillPage(template, view, renderer);
  const files = new Map<string, string | Uint8Array>([[MANIFEST, manifestFile(page)]]);
  for (const [family, path] of Object.entries(DRAWN)) {
    files.set(
      `shell/${family}/index.html`,
      draw(scriptFirst(await read(path)), { type: 'opening', page, reason: 'opening', small: family === 'embed' }),
    );
  }
  for (const path of await filesOf(built)) {
    const view = STATIC[path]?.(site, root);
    if (view !== undefined) files.set(path, draw(await read(path), view));
    else if (path.endsWith('.html') && !Object.values(DRAWN).includes(path)) files.set(path, await read(path));
    else if (!path.endsWith('.html')) files.set(path, await readFile(join(built, path)));
  }
  const drawn = Object.entries(DRAWN).map(([family, path]) => [path, templates[family as DrawnFamily]] as const);
  return { templates, renderer, files, rules: headerRules(site, new Map([...files, ...drawn])) };
}

/** Page and renderer always come from the same build. */
async function loadRenderer(dist: string): Promise<Renderer> {
  const address = pathToFileURL(join(dist, 'render', 'renderer.mjs')).href;
  return ((await import(address)) as { readonly renderer: Renderer }).renderer;
}

/** What the worker keeps. Loaded only where props hold signals, which ours never do: left out. */
function shellFiles(files: ReadonlyMap<string, string | Uint8Array>): ShellFiles {
  const kept = [...files].filter(([path]) => !/^(robots\.txt|404\.html)$|signals\.module/.test(path));
  return Object.fromEntries(kept.map(([path, data]) => [`/${path.replace(/index\.html$/, '')}`, sha256Base64(data)]));
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}
