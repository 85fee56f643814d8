import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';

/** What the proxy does with a WebSocket handshake. */
type Upgrades = 'refuse' | 'swallow' | 'pass';

export interface UpgradeBreaker {
  /** WebSocket address of the proxy. */
  readonly url: string;
  upgrades: Upgrades;
  /** WebSocket handshakes seen, HTTP requests seen. */
  readonly seen: { handshakes: number; requests: string[] };
}

/** A proxy as in some offices and hotels: HTTP goes through to the relay at `target`, WebSockets do not. */
export async function startUpgradeBreaker(target: string, upgrades: Upgrades): Promise<UpgradeBreaker> {
  const seen = { handshakes: 0, requests: [] as string[] };
  const server = createServer((request, response) => {
    seen.requests.push(`${request.method} ${request.url}`);
    const { hostname, port } = new URL(target);
    const onwards = httpRequest({
      hostname,
      port,
      path: request.url,
      method: request.method,
      headers: request.headers,
    });
    onwards.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onwards.on('error', () => response.writeHead(502).end('<html>Bad gateway</html>'));
    request.pipe(onwards);
  });
  const sockets = new Set<Duplex>();
  const passing = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, stream, head) => {
    seen.handshakes++;
    sockets.add(stream);
    stream.on('error', () => stream.destroy());
    if (breaker.upgrades === 'refuse') stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    if (breaker.upgrades !== 'pass') return;
    passing.handleUpgrade(request, stream, head, (near) => {
      const far = new WebSocket(target, { headers: { host: request.headers.host ?? '' } });
      const early: string[] = [];
      near.on('message', (data) =>
        far.readyState === far.OPEN ? far.send(data.toString()) : early.push(data.toString()),
      );
      far.on('open', () => {
        for (const text of early) far.send(text);
      });
      far.on('message', (data) => near.send(data.toString()));
      far.on('error', () => near.terminate());
      far.on('close', () => near.terminate());
      near.on('close', () => far.terminate());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
    for (const socket of sockets) socket.destroy();
  });
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const breaker: UpgradeBreaker = { url: `ws://127.0.0.1:${port}`, upgrades, seen };
  return breaker;
}
