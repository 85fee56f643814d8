import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** How a host fails its readers. */
export type HostFault =
  | 'none'
  | 'refused'
  | 'frozen'
  | 'half'
  | 'error 503'
  | 'error 429'
  | 'portal 511'
  | 'html'
  | 'login'
  | 'empty'
  | 'missing'
  | 'stale'
  | 'tampered snapshot'
  | 'tampered parts'
  | 'tampered roster'
  | 'script 500'
  | 'script throws'
  | 'no chunks'
  | 'worker missing'
  | 'worker error'
  | 'worker html';

export interface FaultyHost {
  readonly origin: string;
  /** Where what it serves while nothing fails comes from. */
  target: string;
  /** The snapshot that a stale host goes on serving. */
  stale: string;
  /** What of it never answers, whatever the fault. */
  silent: RegExp | null;
  /** What of it is answered only once the returned function was called; one at a time. */
  hold(what: RegExp): () => void;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  become(fault: HostFault, tls?: Tls): Promise<void>;
  close(): Promise<void>;
}

export interface Tls {
  readonly key: string;
  readonly cert: string;
}

const SNAPSHOT = /\/api\/lifeboat\/v1\/snapshot\.json$/;
const PARTS = /\/api\/lifeboat\/v1\/(parts\.json|parts\/|history|incidents\/|state\.json)/;
const ROSTER = /\/roster\.json$/;
/** The script that every drawn page begins with. */
export const ENTRY = /\/_astro\/front\.[^/]*\.js$/;

/** A host in front of a good one, on a port of its own that it keeps through every fault. */
export async function startFaultyHost(tls?: Tls): Promise<FaultyHost> {
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let port = 0;
  let fault: HostFault = 'none';
  let held: { readonly what: RegExp; readonly end: Promise<void> } | null = null;

  async function listen(secured: Tls | undefined): Promise<void> {
    const handle = (request: IncomingMessage, response: ServerResponse) => {
      request.resume();
      response.on('error', () => response.destroy());
      const { url = '/' } = request;
      host.asked.push(url);
      const turn = held?.what.test(url) === true ? held.end : Promise.resolve();
      turn.then(() => respond(host, fault, request, response)).catch(() => response.destroy());
    };
    server = secured === undefined ? createServer(handle) : createTlsServer({ ...secured }, handle);
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server?.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    port = (server.address() as AddressInfo).port;
  }

  async function silence(): Promise<void> {
    const ended = new Promise<void>((resolve) => (server === null ? resolve() : server.close(() => resolve())));
    for (const socket of sockets) socket.destroy();
    await ended;
    server = null;
  }

  const host: FaultyHost = {
    get origin() {
      return `http${tls === undefined ? '' : 's'}://127.0.0.1:${port}`;
    },
    target: '',
    stale: '',
    silent: null,
    hold: (what) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = { what, end: promise };
      return resolve;
    },
    asked: [],
    become: async (next, secured = tls) => {
      // A connection that is kept open would carry on as before.
      await silence();
      fault = next;
      if (next !== 'refused') await listen(secured);
    },
    close: silence,
  };
  await listen(tls);
  return host;
}

async function respond(
  host: FaultyHost,
  fault: HostFault,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').replace(/\?.*/, '');
  const html = { 'content-type': 'text/html', 'access-control-allow-origin': '*' };
  const status = /^(?:error|portal) (\d+)$/.exec(fault)?.[1];
  if (status !== undefined) response.writeHead(Number(status), html).end('<h1>Not now</h1>');
  else if (fault === 'frozen' || host.silent?.test(path) === true) return;
  else if (fault === 'html' || (fault === 'login' && path === '/login')) {
    response.writeHead(200, html).end('<h1>Welcome to Harbour Wi-Fi</h1>');
  } else if (fault === 'login') response.writeHead(302, { ...html, location: '/login' }).end();
  else if (fault === 'missing' && path.startsWith('/api/')) response.writeHead(404, html).end();
  else if (fault === 'script 500' && ENTRY.test(path)) response.writeHead(500, html).end();
  else if (fault === 'no chunks' && path.startsWith('/_astro/') && !ENTRY.test(path))
    response.writeHead(404, html).end();
  else if (path === '/sw.js' && fault.startsWith('worker')) {
    const statuses: Partial<Record<HostFault, number>> = { 'worker missing': 404, 'worker error': 500 };
    response.writeHead(statuses[fault] ?? 200, html).end('<h1>No worker</h1>');
  } else await pass(host, fault, path, request, response);
}

/** What the good host says, changed as the fault wants it. */
async function pass(
  host: FaultyHost,
  fault: HostFault,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asWorker = request.headers['service-worker'];
  const good = await fetch(host.target + request.url, {
    redirect: 'manual',
    // A connection that is kept may be closed by the good host just as it is used again: a fault that nobody asked for.
    headers: { connection: 'close', ...(asWorker === undefined ? {} : { 'service-worker': String(asWorker) }) },
  });
  const headers = Object.fromEntries(
    [...good.headers].filter(
      ([name]) => !/^(content-(length|encoding)|connection|keep-alive|transfer-encoding)$/.test(name),
    ),
  );
  let body: Buffer = Buffer.from(await good.arrayBuffer());
  if (fault === 'stale' && SNAPSHOT.test(path)) body = Buffer.from(host.stale);
  if (fault === 'empty' && path.startsWith('/api/')) body = Buffer.alloc(0);
  if (fault === 'script throws' && ENTRY.test(path)) body = Buffer.from("throw new Error('a broken release');");
  const isTampered =
    (fault === 'tampered snapshot' && SNAPSHOT.test(path)) ||
    (fault === 'tampered parts' && PARTS.test(path)) ||
    (fault === 'tampered roster' && ROSTER.test(path));
  if (isTampered) body = oneByteElse(body);
  response.writeHead(good.status, { ...headers, 'content-length': body.length });
  if (fault === 'half') response.write(body.subarray(0, body.length / 2));
  else response.end(body);
}

/** The first digit becomes another one: still JSON, and no longer what was signed. */
function oneByteElse(body: Buffer): Buffer {
  return Buffer.from(body.toString().replace(/\d/, (digit) => String((Number(digit) + 1) % 10)));
}
