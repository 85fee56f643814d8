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

/** What another method than GET and HEAD is answered there, with status 405, where the host lets us say it. */
export const NOT_ALLOWED = `${JSON.stringify({ error: 'What is published can only be read: use GET or HEAD.' })}\n`;

/** These have their hashes in parts.json: what a host says in our name is no less published than the rest. */
export const errorBodies: ReadonlyMap<string, string> = new Map([
  ['api/404.json', NOT_FOUND],
  ['api/405.json', NOT_ALLOWED],
]);

/**
 * The files that make errors under `/api/` JSON: Netlify by a rule, Cloudflare Pages by the nearest 404.html (it skips that rule),
 * nginx and Caddy by name.
 */
export const errorFiles: ReadonlyMap<string, string> = new Map([
  ...errorBodies,
  ['api/404.html', NOT_FOUND],
  ['_redirects', '/api/* /api/404.json 404\n'],
]);

/** Files for the host, not for readers. */
export const HOST_FILES = ['_headers', '_redirects'];
