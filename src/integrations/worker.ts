import type { AstroIntegration } from 'astro';
import { bundleStep } from './bundle.ts';

/** The service worker with an empty list of files; `publish` fills the list in when it assembles the site. */
export function worker(): AstroIntegration {
  return bundleStep('worker', 'src/sw/sw.ts', 'dist/worker/sw.js', { platform: 'browser', format: 'iife' });
}
