import type { AstroIntegration } from 'astro';

/** The bundler's plugin that wraps dynamic imports. */
const WRAPPER = 'native:import-analysis-build';

/**
 * A dynamic import is just that. The bundler would wrap each to fetch style sheets and other chunks beside it, which no page of
 * ours has, and the wrapping weighs more than some of what is loaded.
 */
export function plainImports(): AstroIntegration {
  return {
    name: 'lifeboat:plain-imports',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({ vite: { plugins: [{ name: 'lifeboat:plain-imports', configResolved }] } });
      },
    },
  };
}

/** Throws when this version of the bundler has no such plugin, so that nobody ships the wrapping unawares. */
function configResolved({
  plugins,
  command,
}: {
  readonly plugins: readonly { readonly name: string }[];
  readonly command: string;
}): void {
  const at = plugins.findIndex(({ name }) => name === WRAPPER);
  if (at >= 0) (plugins as unknown[]).splice(at, 1);
  else if (command === 'build')
    throw new Error(`The bundler has no plugin "${WRAPPER}": see what wraps dynamic imports now.`);
}
