import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type Answer, answer } from './answer.ts';
import { openFiles } from './files.ts';
import { parseHeaderRules } from './rules.ts';

export interface HostOptions {
  readonly folder: string;
  readonly port: number;
  readonly host: string;
}

export interface Host {
  readonly url: string;
  close(): Promise<void>;
}

/** How long a client may take to ask, and how long it may stay silent while it is answered. */
const ASK_MS = 10_000;
const SILENT_MS = 30_000;
const CONNECTIONS = 2_000;

/** Serves the published folder; resolves when it listens, rejects when it cannot. */
export async function startHost({ folder, port, host }: HostOptions): Promise<Host> {
  const file = openFiles(folder);
  const server = createServer({ requestTimeout: ASK_MS, headersTimeout: ASK_MS, keepAliveTimeout: 5_000 }, handle);
  server.timeout = SILENT_MS;
  server.maxConnections = CONNECTIONS;

  function handle(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    // A client that goes away in the middle is its own affair.
    response.on('error', () => response.destroy());
    respond(request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      () => response.writeHead(500, { 'Content-Type': 'text/plain' }).end('The file could not be read.\n'),
    );
  }

  async function respond(request: IncomingMessage): Promise<Answer> {
    // A page and its policy change together, so the rules are read as fresh as the page.
    const rules = await readFile(join(folder, '_headers'), 'utf8').catch(() => '');
    const asked = {
      method: request.method ?? '',
      url: request.url ?? '/',
      acceptEncoding: String(request.headers['accept-encoding'] ?? ''),
      ifNoneMatch: String(request.headers['if-none-match'] ?? ''),
      asWorker: request.headers['service-worker'] === 'script',
    };
    return answer(asked, { file, headers: parseHeaderRules(rules) });
  }

  await listen(server, port, host);
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
