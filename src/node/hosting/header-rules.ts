import type { Origins } from '../publish/policy.ts';
import { connectSources, inlineHashes, pagePolicy } from '../publish/policy.ts';

export type Headers = Readonly<Record<string, string>>;

/** Headers of some paths: `/sw.js` names one, `/api/*` all below it. */
export interface HeaderRule {
  readonly paths: readonly string[];
  readonly headers: Headers;
}

/**
 * What every host sends, as data: `_headers`, nginx and Caddy files are drawn from it. No path gets the same header from two
 * rules, and `everywhere` names none that a rule names: of two values Cloudflare joins both, Netlify takes one.
 */
export interface HeaderRules {
  readonly everywhere: Headers;
  readonly rules: readonly HeaderRule[];
  /** For paths that no rule names; an error has the headers of the file that says it (but see SHARING). */
  readonly otherwise: Headers;
}

const EVERYWHERE = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // No includeSubDomains and no preload: other names below the operator's domain are not ours to bind.
  'Strict-Transport-Security': 'max-age=31536000',
} as const;

const POWERS = ['microphone', 'geolocation', 'payment', 'usb', 'serial', 'hid', 'midi', 'display-capture'];
const NOTHING_ALLOWED = ['camera', ...POWERS].map((power) => `${power}=()`).join(', ');
/** The bridge scans invites. */
const CAMERA_ALLOWED = ['camera=(self)', ...POWERS.map((power) => `${power}=()`)].join(', ');

const FRESH = { 'Cache-Control': 'no-cache' } as const;
/** Names that are hashes, and never hold words of the record: a part that was purged must not stay in anybody's cache. */
const FOR_EVER = { 'Cache-Control': 'public, max-age=31536000, immutable' } as const;
const OWN = { 'Cross-Origin-Resource-Policy': 'same-origin' } as const;
/** The one header that follows from the path that was asked, not from the file that answers: an error is shared as well. */
export const SHARING = 'Access-Control-Allow-Origin';
/** Read by scripts of other origins: a mirror, a dashboard, a client of the API. */
const SHARED = { 'Cross-Origin-Resource-Policy': 'cross-origin', [SHARING]: '*' } as const;
const QUIET = { 'Permissions-Policy': NOTHING_ALLOWED } as const;

const BARE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** Without a policy of its own a worker could fetch any origin; a module worker loads its parts from here. */
const SCRIPT_POLICY = `${BARE_POLICY}; script-src 'self'`;
const SHELL_POLICY = `${BARE_POLICY}; connect-src 'self'`;
const IMAGE_POLICY = `${BARE_POLICY}; style-src 'unsafe-inline'; sandbox`;

const policy = (value: string) => ({ 'Content-Security-Policy': value });

/** Where a data file may lie besides `/api/` and `/log/`; a feed that is not published is a 404 that other origins may read. */
const FEEDS = ['/history.atom', '/history.rss', '/feed.rss', '/updates.rss', '/feed.json', '/calendar.ics'];

/** The one page that others may show in a frame, and its shell, which a worker answers with in that page's place. */
const FRAMED = ['embed', 'shell/embed'];

/** The longest line that Cloudflare Pages reads is 2,000 characters. */
const POLICY_MAX = 1_900;

/**
 * The rules for a site of these files (path in the folder → content). A page's policy in the header is that of all pages below
 * its folder; its own meta narrows it to its own hashes.
 */
export function headerRules(site: Origins, files: ReadonlyMap<string, string | Uint8Array>): HeaderRules {
  const drawn = [...byFolder(files)].map(([folder, html]): HeaderRule => {
    const isFramed = FRAMED.includes(folder);
    const frames = isFramed ? '*' : "'none'";
    return {
      paths: folder === '' ? ['/', '/index.html'] : [folder.endsWith('.html') ? `/${folder}` : `/${folder}/*`],
      headers: {
        ...policy(`${fittingPolicy(html, site)}; frame-ancestors ${frames}`),
        ...FRESH,
        'Permissions-Policy': folder === 'bridge' ? CAMERA_ALLOWED : NOTHING_ALLOWED,
        'Cross-Origin-Resource-Policy': isFramed ? 'cross-origin' : 'same-origin',
      },
    };
  });
  const fixed: readonly HeaderRule[] = [
    { paths: ['/sw.js', '/sw-off.js'], headers: { ...policy(SHELL_POLICY), ...FRESH, ...OWN, ...QUIET } },
    { paths: ['/_astro/*', '/vault/*'], headers: { ...policy(SCRIPT_POLICY), ...FOR_EVER, ...OWN, ...QUIET } },
    { paths: ['/api/*', '/log/*', ...FEEDS], headers: { ...policy(BARE_POLICY), ...FRESH, ...SHARED, ...QUIET } },
    { paths: ['/badge.svg'], headers: { ...policy(IMAGE_POLICY), ...FRESH, ...SHARED, ...QUIET } },
  ];
  const named = [...drawn, ...fixed].flatMap(({ paths }) => paths);
  const rest = [...files.keys()].map((path) => `/${path}`).filter((path) => !named.some((one) => covers(one, path)));
  const images = rest.filter((path) => path.endsWith('.svg'));
  const others = rest.filter((path) => !path.endsWith('.svg'));
  const otherwise = { ...policy(BARE_POLICY), ...FRESH, ...OWN, ...QUIET };
  const plain: readonly HeaderRule[] = [
    { paths: images, headers: { ...otherwise, ...policy(IMAGE_POLICY) } },
    { paths: others, headers: otherwise },
  ];
  return {
    everywhere: EVERYWHERE,
    rules: [...drawn, ...fixed, ...plain.filter(({ paths }) => paths.length > 0)],
    otherwise,
  };
}

/** The headers of one path, from `everywhere` and the rule that names it. */
export function headersOf({ everywhere, rules, otherwise }: HeaderRules, path: string): Headers {
  return {
    ...everywhere,
    ...(rules.find(({ paths }) => paths.some((one) => covers(one, path)))?.headers ?? otherwise),
  };
}

/** Whether `/sw.js` or `/api/*` names this path. */
export function covers(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

/** Pages by their first folder, shells each by its own; '' is the front page, a file such as 404.html is itself. */
function byFolder(files: ReadonlyMap<string, string | Uint8Array>): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, readonly string[]>();
  for (const [path, data] of files) {
    if (!path.endsWith('.html')) continue;
    const folder = path === 'index.html' ? '' : (/^(?:shell\/)?[^/]*/.exec(path)?.[0] ?? '');
    folders.set(folder, [...(folders.get(folder) ?? []), String(data)]);
  }
  return folders;
}

/** With very many relays the header names their schemes only; the page's own meta names each. */
function fittingPolicy(pages: readonly string[], site: Origins): string {
  const hashes = pages.map(inlineHashes);
  const scripts = [...new Set(hashes.flatMap((page) => page.scripts))];
  const styles = [...new Set(hashes.flatMap((page) => page.styles))];
  const full = pagePolicy({ scripts, styles }, connectSources(site));
  if (full.length <= POLICY_MAX) return full;
  const schemes = connectSources(site).map((source) => new URL(source).protocol);
  return pagePolicy({ scripts, styles }, [...new Set(schemes)]);
}
