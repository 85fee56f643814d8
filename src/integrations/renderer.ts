import type { AstroIntegration } from 'astro';
import { bundleStep } from './bundle.ts';

/** Node does not strip JSX: the public page's components as one module, always from the same build as the site. */
export function renderer(): AstroIntegration {
  return bundleStep('renderer', 'src/components/status/renderer.tsx', 'dist/render/renderer.mjs', {
    platform: 'node',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
}
