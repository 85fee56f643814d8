import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { holdLock } from './build-lock.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SOURCES = [
  'astro.config.mjs',
  'package-lock.json',
  'public/**/*',
  'src/*.ts',
  'src/{pages,layouts,components,enhance,stores,model,log,vault,sw,integrations,i18n,styles}/**/*',
];
const STAMP = '.built-from';

/** Where the built, data-free site lies: `site/`, `render/renderer.mjs`, `worker/sw.js`. */
const distFolder: string = join(ROOT, 'dist');

/**
 * Runs `astro build` when `dist/` is missing or older than its sources, judged by their content. One process builds at a time;
 * the others wait and find it done. Resolves to the folder; throws one sentence with the builder's last words.
 */
export async function buildSite(options: { force?: boolean; say?: (sentence: string) => void } = {}): Promise<string> {
  if (!options.force && (await isBuilt(await sourceHash()))) return distFolder;
  const release = await holdLock(join(ROOT, 'node_modules', '.lifeboat-build'));
  try {
    const hash = await sourceHash();
    if (!options.force && (await isBuilt(hash))) return distFolder;
    options.say?.('building the site (once per change of its sources) …');
    await rm(join(distFolder, STAMP), { force: true });
    await runAstro();
    await mkdir(distFolder, { recursive: true });
    await writeFile(join(distFolder, STAMP), hash);
    return distFolder;
  } finally {
    await release();
  }
}

/** The built site where it is of these sources; null where it would have to be built first. */
export async function builtSite(): Promise<string | null> {
  return (await isBuilt(await sourceHash())) ? distFolder : null;
}

async function isBuilt(hash: string): Promise<boolean> {
  const stamp = join(distFolder, STAMP);
  return existsSync(stamp) && (await readFile(stamp, 'utf8')) === hash;
}

async function sourceHash(): Promise<string> {
  const paths: string[] = [];
  for await (const entry of glob(SOURCES, { cwd: ROOT, withFileTypes: true })) {
    if (entry.isFile() && !entry.name.endsWith('.md')) paths.push(join(entry.parentPath, entry.name));
  }
  const hash = createHash('sha256');
  for (const path of paths.sort()) {
    hash.update(`${path.slice(ROOT.length)}\0`).update(await readFile(path));
  }
  return hash.digest('hex');
}

async function runAstro(): Promise<void> {
  const program = join(ROOT, 'node_modules', 'astro', 'bin', 'astro.mjs');
  const child = spawn(process.execPath, [program, 'build'], {
    cwd: ROOT,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (words = (words + chunk).slice(-4000)));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`the site could not be built; astro's last words were:\n${words.trim()}`);
}
