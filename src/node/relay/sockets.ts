import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { clientAddress } from './address.ts';
import { type Callers, hostsOf, mayCall } from './callers.ts';
import type { Engine } from './engine.ts';
import { Outbound } from './outbound.ts';
import { mayOpen } from './step.ts';

/** Serves WebSockets on `server`; the returned function says goodbye to all, and gives one that cuts off who stays. */
export function serveSockets(server: Server, engine: Engine, callers: Callers): () => () => void {
  const { limits } = engine.state;
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: limits.hardFrame });
  const outbound = new Outbound(limits.outbound);
  const alive = new WeakSet<WebSocket>();

  server.on('upgrade', (request, stream: Duplex, head) => {
    stream.on('error', () => stream.destroy());
    const address = clientAddress(request, callers.behind);
    if (!mayCall(request, callers)) return refuse(stream, '403 Forbidden');
    if (!mayOpen(engine.state, address)) return refuse(stream, '429 Too Many Requests');
    sockets.handleUpgrade(request, stream, head, (socket) => accept(socket, request, address));
  });

  function accept(socket: WebSocket, request: IncomingMessage, address: string): void {
    alive.add(socket);
    const { receive, leave } = engine.connect({
      address,
      hosts: hostsOf(request, callers),
      send: (text) => outbound.send(socket, text),
      close: (reason) => socket.close(1008, reason),
    });
    socket.on('pong', () => alive.add(socket));
    socket.on('message', (data, isBinary) => {
      alive.add(socket);
      if (isBinary) outbound.send(socket, JSON.stringify(['NOTICE', 'invalid: frames are text']));
      else receive(data.toString());
    });
    // `ws` closes after every error (a frame that is much too long, text that is no UTF-8); `close` tells the engine.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      outbound.forget(socket);
      leave();
    });
  }

  // Who said nothing since the last look is asked whether it is still there.
  const pinging = setInterval(() => {
    const silent = [...sockets.clients].filter((socket) => !alive.delete(socket));
    for (const socket of silent) socket.ping();
    const cut = () => {
      for (const socket of silent) if (!alive.has(socket)) socket.terminate();
    };
    if (silent.length > 0) setTimeout(cut, limits.deadAfterMs).unref();
  }, limits.pingAfterMs);

  return () => {
    clearInterval(pinging);
    for (const socket of sockets.clients) socket.close(1001, 'the relay is stopping');
    return () => {
      for (const socket of sockets.clients) socket.terminate();
    };
  };
}

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
