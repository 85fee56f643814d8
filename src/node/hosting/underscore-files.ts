import type { HeaderRules } from './header-rules.ts';
import { typeOf } from './types.ts';

/** What Cloudflare Pages reads of a `_headers` file; Netlify allows more. */
export const LIMITS = { rules: 100, line: 2_000 } as const;

/** The `_headers` file of Netlify and Cloudflare Pages, which our own host reads too: a path, then its headers, indented. */
export function headersFile({ everywhere, rules }: HeaderRules): string {
  const rows = rules.flatMap(({ paths, headers }) =>
    paths.map((path) => [path, { ...headers, ...namedType(path) }] as const),
  );
  return [['/*', everywhere] as const, ...rows]
    .map(([path, headers]) =>
      [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n'),
    )
    .join('\n');
}

/** Types that those hosts do not know by the ending, or that the 404 of `/api/` must have as well. */
function namedType(path: string): { readonly 'Content-Type'?: string } {
  if (path === '/api/*') return { 'Content-Type': typeOf('.json') };
  if (path === '/log/*') return { 'Content-Type': typeOf('.jsonl') };
  return /\.(atom|rss|ics|webmanifest)$/.test(path) ? { 'Content-Type': typeOf(path) } : {};
}

/** What an unknown path under `/api/` answers, with status 404. */
export const NOT_FOUND = `${JSON.stringify({ error: 'Nothing is published at this path.' })}\n`;

/**
 * The files that make a 404 under `/api/` JSON: Netlify by a rule, Cloudflare Pages by the nearest 404.html (it skips that rule),
 * nginx and Caddy by name.
 */
export const notFoundFiles: ReadonlyMap<string, string> = new Map([
  ['api/404.json', NOT_FOUND],
  ['api/404.html', NOT_FOUND],
  ['_redirects', '/api/* /api/404.json 404\n'],
]);

/** Files for the host, not for readers. */
export const HOST_FILES = ['_headers', '_redirects'];
