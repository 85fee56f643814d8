import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as v from 'valibot';
import type { Subscription, Subscriptions } from './subscriptions.ts';

interface DeskOptions {
  readonly port: number;
  readonly host: string;
  /** Origins whose pages may subscribe: the site's own and its mirrors'. */
  readonly origins: readonly string[];
  /** Whether an endpoint is a push service: nobody may have us post to any address. */
  readonly isPushService: (endpoint: URL) => boolean;
  readonly subscriptions: Subscriptions;
}

export interface Desk {
  readonly url: string;
  close(): Promise<void>;
}

const BODY_MAX_BYTES = 4_096;
const ASK_MS = 10_000;
const key = (length: number) => v.pipe(v.string(), v.regex(/^[\w-]+={0,2}$/), v.maxLength(length));
const asked = v.object({
  endpoint: v.pipe(v.string(), v.url(), v.maxLength(1_024)),
  keys: v.object({ p256dh: key(120), auth: key(40) }),
});

/** The push services of the browsers that exist. */
export function isKnownPushService({ protocol, hostname }: URL): boolean {
  const services = ['googleapis.com', 'push.services.mozilla.com', 'notify.windows.com', 'push.apple.com'];
  return protocol === 'https:' && services.some((name) => hostname === name || hostname.endsWith(`.${name}`));
}

/**
 * Where a reader's browser leaves its push subscription: `PUT /subscription` and `DELETE /subscription` with the JSON of
 * `PushSubscription`, and `GET /healthz`. Resolves when it listens.
 */
export async function openDesk({ port, host, origins, isPushService, subscriptions }: DeskOptions): Promise<Desk> {
  const server = createServer({ requestTimeout: ASK_MS, headersTimeout: ASK_MS }, (request, response) => {
    respond(request).then(
      (status) => {
        const origin = request.headers.origin;
        const allowed =
          origin !== undefined && origins.includes(origin) ? { 'Access-Control-Allow-Origin': origin } : {};
        const asks = { 'Access-Control-Allow-Methods': 'PUT, DELETE', 'Access-Control-Allow-Headers': 'Content-Type' };
        response.writeHead(status, { ...allowed, ...asks, Vary: 'Origin' }).end();
      },
      () => closeBadly(response),
    );
  });
  server.maxConnections = 1_000;

  async function respond(request: IncomingMessage): Promise<number> {
    if (request.method === 'GET' && request.url === '/healthz') return 204;
    if (request.url !== '/subscription') return 404;
    if (request.method === 'OPTIONS') return 204;
    if (request.method !== 'PUT' && request.method !== 'DELETE') return 405;
    const subscription = readSubscription(await bodyOf(request));
    if (subscription === undefined) return 400;
    if (request.method === 'DELETE') {
      // Only who has the keys may take it back: the endpoint alone is not secret enough.
      const known = subscriptions.get(subscription.endpoint);
      if (known?.keys.auth === subscription.keys.auth) subscriptions.remove(subscription.endpoint);
      return 204;
    }
    if (!isPushService(new URL(subscription.endpoint))) return 403;
    return subscriptions.add(subscription) ? 204 : 507;
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function closeBadly(response: ServerResponse): void {
  if (!response.headersSent) response.writeHead(413);
  response.end();
}

/** The whole body as text; rejects when it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += (part as Buffer).length;
    if (length > BODY_MAX_BYTES) throw new Error('The body is too long.');
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}

function readSubscription(text: string): Subscription | undefined {
  try {
    const { success, output } = v.safeParse(asked, JSON.parse(text));
    return success ? output : undefined;
  } catch {
    return undefined; // No JSON: nothing was asked.
  }
}
