import { fromShells, type Shell } from './shell.ts';
import { within } from './within.ts';

/** What the worker does with a request: nothing at all, or the file at this path, for a page with `/offline/` behind. */
export type Route =
  | { readonly type: 'pass' }
  | { readonly type: 'file'; readonly path: string; readonly page: boolean };

const NETWORK_MS = 3_000;
const ALL_MS = 5_000;
const DATA = /^\/(api|log|vault)\/|^\/(sw|sw-off)\.js$|\.(atom|rss|ics)$|^\/(feed\.json|badge\.svg)$/;

/** Pure. Data is never the worker's, and neither is a page that asks for the server's own words (`?fresh`). */
export function routeOf(request: Pick<Request, 'method' | 'url' | 'mode'>, origin: string): Route {
  const url = new URL(request.url);
  const { pathname, search } = url;
  if (request.method !== 'GET' || url.origin !== origin || DATA.test(pathname) || search === '?fresh')
    return { type: 'pass' };
  if (request.mode !== 'navigate') return { type: 'file', path: pathname, page: false };
  return { type: 'file', path: fileOf(pathname), page: true };
}

/** Where the page at this address lies: pages with data have one shell for all of them. */
function fileOf(path: string): string {
  if (path === '/') return '/shell/status/';
  if (/^\/incidents\/[0-9a-z]{12}\/?$/.test(path)) return '/shell/incident/';
  if (/^\/history(\/|$)/.test(path)) return '/shell/history/';
  if (/^\/embed\/?$/.test(path)) return '/shell/embed/';
  // A page's folder without its slash: the host would only redirect there.
  return /\/[^./]+$/.test(path) ? `${path}/` : path;
}

export interface Outside {
  readonly caches: CacheStorage;
  readonly fetch: typeof fetch;
}

/** Always settles within five seconds: a worker that hangs would block its own replacement. */
export function answer(
  route: Exclude<Route, { type: 'pass' }>,
  request: Request,
  shell: Shell,
  outside: Outside,
): Promise<Response> {
  return within(ALL_MS, answered(route, request, shell, outside)).catch(() => Response.error());
}

/** A cache that is slow or broken is as good as an empty one while the network may answer; when that cannot, it is all there is. */
async function answered(
  { path, page }: Exclude<Route, { type: 'pass' }>,
  request: Request,
  shell: Shell,
  outside: Outside,
) {
  const held = (path: string) => fromShells(shell, outside.caches, path).catch(() => undefined);
  const copy = held(path);
  const soon = await within(NETWORK_MS / 2, copy).catch(() => undefined);
  if (soon !== undefined) return soon;
  try {
    return await within(NETWORK_MS, outside.fetch(request));
  } catch (error) {
    const late = (await copy) ?? (page ? await held('/offline/') : undefined);
    if (late === undefined) throw error;
    return late;
  }
}
