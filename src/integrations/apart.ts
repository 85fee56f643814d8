import type { AstroIntegration } from 'astro';

const MARK = '?apart';

/**
 * Gives everything that `entry` (the end of a path) imports a copy of its own. Without this, chunks shared with the bridge hold
 * what either of them uses, and the public page would pay for the members' side.
 */
export function apart(entry: string): AstroIntegration {
  return {
    name: 'lifeboat:apart',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({ vite: { plugins: [{ name: 'lifeboat:apart', enforce: 'pre', resolveId }] } });
      },
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

/** As much of the bundler's plugin context as is needed here. */
interface Resolver {
  resolve(
    source: string,
    importer: string | undefined,
    options: object,
  ): Promise<{ readonly id: string; readonly external: boolean | 'absolute' } | null>;
}
