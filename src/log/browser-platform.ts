import type { Platform, Socket, SocketHandlers } from '../platform.ts';

/** Clock, randomness, fetch, sockets and timers of a page or a worker. */
export const browserPlatform: Platform = {
  now: () => Date.now(),
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  fetch: (input, init) => fetch(input, init),
  socket: openSocket,
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

function openSocket(url: string, handlers: SocketHandlers): Socket {
  let ended = false;
  const end = (why: string) => {
    if (ended) return;
    ended = true;
    handlers.closed(why);
  };
  let socket: WebSocket;
  try {
    socket = new WebSocket(url);
  } catch {
    // Mixed content, a forbidden port or no URL at all: the browser throws here and gives no detail to pages.
    queueMicrotask(() => end(`the browser refuses to open ${url}`));
    return { send: () => {}, close: () => {}, buffered: 0 };
  }
  socket.addEventListener('open', () => {
    if (!ended) handlers.opened();
  });
  socket.addEventListener('message', ({ data }) => {
    if (!ended && typeof data === 'string') handlers.message(data);
  });
  socket.addEventListener('close', ({ reason }) => end(reason === '' ? 'the connection was closed' : reason));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    // On a phone that slept, `close` may never fire: nobody waits for it.
    close: () => {
      socket.close();
      end('closed by this side');
    },
    get buffered() {
      return socket.bufferedAmount;
    },
  };
}
