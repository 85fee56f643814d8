import { type Headers, SHARING } from '../hosting/header-rules.ts';
import { typeOf } from '../hosting/types.ts';
import { HOST_FILES, NOT_ALLOWED, NOT_FOUND } from '../hosting/underscore-files.ts';
import type { Encoding, HostedFile } from './files.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface Asked {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly acceptEncoding: string;
  readonly ifNoneMatch: string;
  /** The browser is about to run the answer as a service worker. */
  readonly asWorker: boolean;
}

interface Folder {
  readonly file: (path: string) => Promise<HostedFile | undefined>;
  readonly headers: (path: string) => Headers;
}

const NOTHING = Buffer.alloc(0);

/** The answer to one request. */
export async function answer(asked: Asked, folder: Folder): Promise<Answer> {
  const path = pathOf(asked.url);
  if (asked.method !== 'GET' && asked.method !== 'HEAD') return notAllowed(path ?? nearest(asked.url), folder);
  if (path === undefined) return missing(asked, nearest(asked.url), folder);
  // Only one file of ours may become a service worker, whatever a page was made to register.
  if (asked.asWorker && path !== '/sw.js') return missing(asked, path, folder);
  const file = await folder.file(path.endsWith('/') ? `${path}index.html` : path);
  if (file !== undefined) return found(asked, 200, path, file, folder);
  if (!path.endsWith('/') && (await folder.file(`${path}/index.html`)) !== undefined) {
    return { status: 308, headers: { ...folder.headers(path), Location: `${path}/` }, body: NOTHING };
  }
  return missing(asked, path, folder);
}

/** The decoded path; undefined for one that no published file can have (dot files, `_headers`, `_redirects`, climbing, bad escapes). */
function pathOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split(/[?#]/)[0] ?? '');
    const hidden = path.split('/').some((part) => part.startsWith('.') || HOST_FILES.includes(part));
    return hidden || !path.startsWith('/') || /[\0\\]|\/\//.test(path) ? undefined : path;
  } catch {
    return undefined;
  }
}

/** Whose errors a path gets that no published file can have. */
function nearest(url: string): string {
  return /^\/+api\//.test(url) ? '/api/' : '/';
}

function found(asked: Asked, status: number, path: string, file: HostedFile, folder: Folder): Answer {
  const encoding = chooseEncoding(asked.acceptEncoding, file);
  const headers: Record<string, string> = {
    ...folder.headers(path),
    'Content-Type': file.type,
    Vary: 'Accept-Encoding',
    'Last-Modified': file.modified.toUTCString(),
    ETag: `"${file.hash}-${encoding}"`,
  };
  if (status === 200 && asked.ifNoneMatch.includes(file.hash)) return { status: 304, headers, body: NOTHING };
  if (encoding !== 'identity') headers['Content-Encoding'] = encoding;
  const body = file.bodies[encoding];
  headers['Content-Length'] = String(body.length);
  return { status, headers, body: asked.method === 'HEAD' ? NOTHING : body };
}

function chooseEncoding(accepted: string, file: HostedFile): Encoding {
  const takes = (name: string) => new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted);
  const smaller = (name: 'br' | 'gzip') => file.bodies[name].length < file.bodies.identity.length;
  if (takes('br') && smaller('br')) return 'br';
  return takes('gzip') && smaller('gzip') ? 'gzip' : 'identity';
}

function notAllowed(path: string, folder: Folder): Answer {
  const { headers, body } = errorInJson(NOT_ALLOWED, folder);
  const { [SHARING]: _, ...own } = headers;
  return { status: 405, headers: { ...own, ...sharingOf(path, folder), Allow: 'GET, HEAD' }, body };
}

/** Whether other origins may read an error follows from what was asked. */
function sharingOf(path: string, folder: Folder): Headers {
  const shared = folder.headers(path)[SHARING];
  return shared === undefined ? {} : { [SHARING]: shared };
}

function errorInJson(text: string, folder: Folder): { readonly headers: Headers; readonly body: Buffer } {
  const body = Buffer.from(text);
  const own = { 'Content-Type': typeOf('.json'), 'Content-Length': String(body.length) };
  return { headers: { ...folder.headers('/api/404.json'), ...own }, body };
}

/** An error has the headers of the file that says it, not of the path that was asked: no missing asset is kept for a year. */
async function missing(asked: Asked, path: string, folder: Folder): Promise<Answer> {
  if (path.startsWith('/api/')) {
    const { headers, body } = errorInJson(NOT_FOUND, folder);
    return { status: 404, headers, body: asked.method === 'HEAD' ? NOTHING : body };
  }
  const sharing = sharingOf(path, folder);
  const page = await folder.file('/404.html');
  if (page === undefined)
    return { status: 404, headers: { ...folder.headers('/404.html'), ...sharing }, body: NOTHING };
  const answered = found(asked, 404, '/404.html', page, folder);
  return { ...answered, headers: { ...answered.headers, ...sharing } };
}
