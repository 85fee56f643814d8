import type { AstroIntegration } from 'astro';

/** The bundler's module that wraps dynamic imports. */
export const HELPER = '\0vite/preload-helper.js';

/**
 * A dynamic import is just that. The bundler's helper fetches style sheets and other chunks beside it, which no page of ours
 * has, and weighs more than most of what it would load.
 */
export function plainImports(): AstroIntegration {
  return {
    name: 'lifeboat:plain-imports',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({
          vite: { plugins: [{ name: 'lifeboat:plain-imports', enforce: 'pre', load, configEnvironment }] },
        });
      },
    },
  };
}

/** Here, because Astro's own setting would stand over one in the configuration. */
function configEnvironment() {
  return { build: { modulePreload: { polyfill: false, resolveDependencies: () => [] } } };
}

function load(id: string): string | null {
  return id.startsWith(HELPER) ? 'export const __vitePreload = (load) => load();' : null;
}
