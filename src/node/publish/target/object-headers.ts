import { typeOf } from '../../hosting/types.ts';

interface Alike {
  readonly headers: readonly string[];
  readonly paths: readonly string[];
}

/** Paths with the headers that object storage keeps with each: it reads no `_headers`, and guesses types by itself. */
export function headersByPath(paths: readonly string[]): readonly Alike[] {
  const groups = Map.groupBy(paths, (path) => [`Content-Type: ${typeOf(path)}`, cacheControl(path)].join('\n'));
  return [...groups].map(([headers, alike]) => ({ headers: headers.split('\n'), paths: alike }));
}

function cacheControl(path: string): string {
  return /^(_astro|vault)\//.test(path)
    ? 'Cache-Control: public, max-age=31536000, immutable'
    : 'Cache-Control: no-cache';
}
