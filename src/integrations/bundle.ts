import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { type BuildOptions, build } from 'esbuild';

/** A step after `astro build` that bundles one of our modules; paths are relative to the repository. */
export function bundleStep(name: string, entry: string, outfile: string, options: BuildOptions): AstroIntegration {
  return {
    name: `lifeboat:${name}`,
    hooks: {
      'astro:build:done': async ({ logger }) => {
        const root = fileURLToPath(new URL('../../', import.meta.url));
        await build({
          absWorkingDir: root,
          entryPoints: [entry],
          outfile,
          bundle: true,
          format: 'esm',
          minify: true,
          target: 'es2022',
          legalComments: 'none',
          logLevel: 'warning',
          ...options,
        });
        logger.info(`wrote ${outfile}`);
      },
    },
  };
}
