import { fromShells, type Shell } from './shell.ts';
import { within } from './within.ts';

/** What the worker does with a request: nothing at all, a file of the shell, or whatever path it is with `/offline/` behind. */
export type Route =
  | { readonly type: 'pass' }
  | { readonly type: 'shell'; readonly path: string }
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
  if (pathname === '/') return { type: 'shell', path: '/shell/status/' };
  if (/^\/incidents\/[0-9a-z]{12}\/?$/.test(pathname)) return { type: 'shell', path: '/shell/incident/' };
  if (/^\/history(\/|$)/.test(pathname)) return { type: 'shell', path: '/shell/history/' };
  if (/^\/embed\/?$/.test(pathname)) return { type: 'shell', path: '/shell/embed/' };
  // A page's folder without its slash: the host would only redirect there.
  return { type: 'file', path: /\/[^./]+$/.test(pathname) ? `${pathname}/` : pathname, page: true };
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
  return within(
    ALL_MS,
    route.type === 'shell' ? shellPage(route.path, request, shell, outside) : file(route, request, shell, outside),
  ).catch(() => Response.error());
}

async function shellPage(path: string, request: Request, shell: Shell, outside: Outside): Promise<Response> {
  return (await held(path, shell, outside)) ?? within(NETWORK_MS, outside.fetch(request));
}

async function file(
  route: { readonly path: string; readonly page: boolean },
  request: Request,
  shell: Shell,
  outside: Outside,
): Promise<Response> {
  const found = await held(route.path, shell, outside);
  if (found !== undefined) return found;
  try {
    return await within(NETWORK_MS, outside.fetch(request));
  } catch (error) {
    const offline = route.page ? await held('/offline/', shell, outside) : undefined;
    if (offline === undefined) throw error;
    return offline;
  }
}

/** A broken cache is as good as an empty one: the network may still answer. */
function held(path: string, shell: Shell, outside: Outside): Promise<Response | undefined> {
  return within(NETWORK_MS / 2, fromShells(shell, outside.caches, path)).catch(() => undefined);
}
