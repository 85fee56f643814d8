import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import { apart } from './src/integrations/apart.ts';
import { completeLanguages } from './src/integrations/complete-languages.ts';
import { plainImports } from './src/integrations/plain-imports.ts';
import { renderer } from './src/integrations/renderer.ts';
import { worker } from './src/integrations/worker.ts';

// The content security policy is not Astro's: `publish` writes it into each page when it knows the mirrors and relays
// (src/node/publish/policy.ts), with the hashes of exactly what that page holds.
export default defineConfig({
  outDir: './dist/site',
  cacheDir: './node_modules/.astro',
  trailingSlash: 'always',
  build: { format: 'directory', inlineStylesheets: 'always' },
  compressHTML: true,
  devToolbar: { enabled: false },
  markdown: { syntaxHighlight: false },
  integrations: [preact(), completeLanguages(), plainImports(), apart('/src/enhance/status.ts'), renderer(), worker()],
  vite: {
    // Threads load what they seldom need later.
    worker: { format: 'es' },
    build: {
      target: 'es2022',
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      // No inline script.
      assetsInlineLimit: 0,
    },
  },
});
