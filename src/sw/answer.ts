import { fromShells, type Shell } from './shell.ts';
import { within } from './within.ts';

/** The file that answers a request, for a page with `/offline/` behind. */
export interface Route {
  readonly path: string;
  readonly page: boolean;
}

const NETWORK_MS = 3_000;
const ALL_MS = 5_000;
const DATA = /^\/(api|log|vault)\/|^\/(sw|sw-off)\.js$|\.(atom|rss|ics)$|^\/(feed\.json|badge\.svg)$/;

/** Pure; null where the request is not the worker's. Data never is, and neither is a page that asks for the server's own words (`?fresh`). */
export function routeOf(request: Pick<Request, 'method' | 'url' | 'mode'>, origin: string): Route | null {
  const url = new URL(request.url);
  const { pathname, search } = url;
  if (request.method !== 'GET' || url.origin !== origin || DATA.test(pathname) || search === '?fresh') return null;
  if (request.mode !== 'navigate') return { path: pathname, page: false };
  return { path: fileOf(pathname), page: true };
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
export function answer(route: Route, request: Request, shell: Shell, outside: Outside): Promise<Response> {
  return within(ALL_MS, answered(route, request, shell, outside)).catch(failed);
}

function failed(): Response {
  return Response.error();
}

/** A cache that is slow or broken is as good as an empty one while the host may answer; where that does not, it is all there is. */
async function answered({ path, page }: Route, request: Request, shell: Shell, outside: Outside) {
  const held = (path: string) => fromShells(shell, outside.caches, path).catch(() => undefined);
  const copy = held(path);
  const soon = await within(NETWORK_MS / 2, copy).catch(() => undefined);
  if (soon !== undefined) return soon;
  const said = await within(NETWORK_MS, outside.fetch(request)).catch(failed);
  if (said.ok) return said;
  const late = await copy;
  // What the host itself says of a path (a redirect, or that there is none) is its word; that it is unwell helps nobody.
  const isUnwell = said.type === 'error' || said.status > 499;
  return late ?? (page && isUnwell ? await held('/offline/') : undefined) ?? said;
}
