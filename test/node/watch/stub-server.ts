// A server of its own process, so that a test can stop, freeze and thaw it. Arguments: http or tcp, and a port (0: any).
// The http one answers by path: /ok, /slow, /busy, /json, /html, /away, /home, /endless, /silent.
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';

const [kind, port] = process.argv.slice(2);

function answer(request: IncomingMessage, response: ServerResponse): void {
  switch (request.url) {
    case '/slow':
      setTimeout(() => response.end('late'), 150);
      return;
    case '/busy':
      response.writeHead(503).end('busy');
      return;
    case '/json':
      response
        .setHeader('content-type', 'application/json')
        .end('{"status":{"indicator":"none"},"list":[{"up":true}]}');
      return;
    case '/html':
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Log in</title>');
      return;
    case '/away':
      response.writeHead(302, { location: 'http://portal.invalid/login' }).end();
      return;
    case '/home':
      response.writeHead(302, { location: '/ok' }).end();
      return;
    case '/endless': {
      const timer = setInterval(() => response.write('x'.repeat(262_144)), 1);
      response.on('close', () => clearInterval(timer));
      return;
    }
    case '/silent':
      response.write('so far');
      return;
    default:
      response.end('all well');
  }
}

const server =
  kind === 'http' ? createHttpServer(answer) : createTcpServer((socket) => socket.on('error', () => {}).end());
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
