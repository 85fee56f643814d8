import type { Site } from '../../model/site.ts';
import { inlineHashes, pagePolicy } from './policy.ts';

const EVERYWHERE = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
  'Strict-Transport-Security': 'max-age=31536000',
} as const;

const PUBLIC_DATA = { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-cache' } as const;

/**
 * The `_headers` file (Netlify, Cloudflare Pages and our own host read it). One policy for all pages: their metas narrow it
 * to their own hashes, and the header adds what a meta cannot say. Later rules win.
 */
export function headersFile(pages: Iterable<string>, site: Site): string {
  const hashes = [...pages].map(inlineHashes);
  const scripts = [...new Set(hashes.flatMap((page) => page.scripts))];
  const styles = [...new Set(hashes.flatMap((page) => page.styles))];
  const policy = `${pagePolicy({ scripts, styles }, site)}; frame-ancestors 'none'`;
  const rules: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['/*', { 'Content-Security-Policy': policy, ...EVERYWHERE, 'Cache-Control': 'no-cache' }],
    ['/_astro/*', { 'Cache-Control': 'public, max-age=31536000, immutable' }],
    ['/vault/*', { 'Cache-Control': 'public, max-age=31536000, immutable' }],
    ['/api/*', PUBLIC_DATA],
    ['/log/*', PUBLIC_DATA],
    // Without a policy of its own the worker could fetch any origin.
    ['/sw.js', { 'Content-Security-Policy': "default-src 'none'; connect-src 'self'" }],
  ];
  return rules
    .map(([path, headers]) =>
      [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n'),
    )
    .join('\n');
}
