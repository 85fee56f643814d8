/**
 * What each published file is, by its ending: hosts guess wrong for half of these, and browsers refuse a guess (nosniff).
 * Text says its charset: hosts that compress or rewrite must not have to look inside.
 */
export const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  ics: 'text/calendar; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
};

/** Anything else: sealed files above all. */
export const UNTYPED = 'application/octet-stream';

/** The content type of a path such as `/history.atom`. */
export function typeOf(path: string): string {
  return TYPES[/\.([a-z0-9]+)$/.exec(path)?.[1] ?? ''] ?? UNTYPED;
}

/** Whether compressing a file of this type pays. */
export function isText(type: string): boolean {
  return type.includes('charset=') || type === TYPES['svg'];
}
