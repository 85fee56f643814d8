import { glob, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const MARK = '?apart';

/**
 * Gives everything that `entry` (the end of a path) imports a copy of its own, and puts what it needs at once into one file.
 * Without this, chunks shared with the bridge hold what either of them uses, and the public page would pay for the members' side
 * and wait for a dozen files.
 */
export function apart(entry: string): AstroIntegration {
  return {
    name: 'lifeboat:apart',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({
          vite: {
            plugins: [{ name: 'lifeboat:apart', enforce: 'pre', resolveId }],
            build: { rolldownOptions: { output: { codeSplitting: { groups: [AT_ONCE] } } } },
          },
        });
      },
      'astro:build:done': ({ dir }) => nameAtOnce(fileURLToPath(dir)),
    },
  };

  async function resolveId(this: Resolver, source: string, importer: string | undefined, options: object) {
    const within = importer?.endsWith(MARK) === true;
    const from = within ? importer.slice(0, -MARK.length) : importer;
    const resolved = await this.resolve(source, from, { ...options, skipSelf: true });
    if (resolved === null || resolved.external || /[\0?]/.test(resolved.id)) return resolved;
    return within || resolved.id.endsWith(entry) ? { ...resolved, id: resolved.id + MARK } : resolved;
  }
}

/** Modules of the copy that the entry imports statically, whatever else imports them later. */
const AT_ONCE = { name: 'front', test: /\?apart$/, tags: ['$initial' as const] };

/** Pages name that file themselves, instead of one that does nothing but import it: a slow network would pay for both. */
async function nameAtOnce(folder: string): Promise<void> {
  const idle = new Set<string>();
  for await (const path of glob('**/*.html', { cwd: folder })) {
    const html = await readFile(join(folder, path), 'utf8');
    const source = /<script type="module" src="([^"]+)"/.exec(html)?.[1];
    if (source === undefined) continue;
    const imported = /^import"\.\/([^"]+)";\s*$/.exec(await readFile(join(folder, source), 'utf8'))?.[1];
    if (imported === undefined) continue;
    await writeFile(join(folder, path), html.replace(source, join(source, '..', imported)));
    idle.add(source);
  }
  for (const source of idle) await rm(join(folder, source));
}

/** As much of the bundler's plugin context as is needed here. */
interface Resolver {
  resolve(
    source: string,
    importer: string | undefined,
    options: object,
  ): Promise<{ readonly id: string; readonly external: boolean | 'absolute' } | null>;
}
