import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import type { Platform, Socket, SocketHandlers } from '../platform.ts';

/** Larger frames than any relay may send (DESIGN §7: 128 KiB, doubled for hex). */
const MAX_FRAME_BYTES = 262_144;

/** Clock, randomness, fetch, sockets and timers of this process. */
export const nodePlatform: Platform = {
  now: () => Date.now(),
  random: (bytes) => new Uint8Array(randomBytes(bytes)),
  fetch: (input, init) => fetch(input, init),
  socket: openSocket,
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

function openSocket(url: string, handlers: SocketHandlers): Socket {
  let reason = 'the connection was closed';
  let ended = false;
  const end = (why: string) => {
    if (ended) return;
    ended = true;
    handlers.closed(why);
  };
  let socket: WebSocket;
  try {
    socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: MAX_FRAME_BYTES });
  } catch (error) {
    queueMicrotask(() => end(`${url} is no address of a relay: ${messageOf(error)}`));
    return { send: () => {}, close: () => {}, buffered: 0 };
  }
  socket.on('open', () => handlers.opened());
  socket.on('message', (data, isBinary) => {
    if (!ended && !isBinary) handlers.message(data.toString());
  });
  socket.on('error', (error) => {
    reason = messageOf(error);
  });
  socket.on('close', () => end(reason));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    // A frozen peer never answers a close handshake, so the socket is cut.
    close: () => {
      socket.terminate();
      end('closed by this side');
    },
    get buffered() {
      return socket.bufferedAmount;
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'the connection was refused';
}
