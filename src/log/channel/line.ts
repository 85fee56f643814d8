import type { Platform, Socket, SocketHandlers } from '../../platform.ts';
import { LIMIT } from './channel-limits.ts';
import { type HttpSocketOptions, openHttpSocket } from './http-socket.ts';

/** The way to one relay: a WebSocket, or plain HTTP on networks that break WebSockets and let HTTP through. */
export interface Line {
  open(handlers: LineHandlers): Socket;
}

export interface LineHandlers extends Omit<SocketHandlers, 'opened'> {
  /** Hears whether events come by themselves. */
  opened(isLive: boolean): void;
}

/** WebSockets that never opened, in a row, before HTTP is tried. */
const TRIES = 2;
/** How soon after HTTP opened, and how often then, a WebSocket is tried again. */
const PROBE_FIRST_MS = 10_000;
const PROBE_EVERY_MS = 60_000;

export function createLine(options: HttpSocketOptions): Line {
  const { relay, platform } = options;
  let failures = 0;

  function openWebSocket(handlers: LineHandlers): Socket {
    let hasOpened = false;
    return platform.socket(relay, {
      ...handlers,
      opened: () => {
        [hasOpened, failures] = [true, 0];
        handlers.opened(true);
      },
      closed: (reason) => {
        if (!hasOpened) failures++;
        handlers.closed(reason);
      },
    });
  }

  function openHttp(handlers: LineHandlers): Socket {
    // Where HTTP fails too, the next try is a WebSocket again: then the relay is simply away.
    failures = TRIES - 1;
    let stopProbing = () => {};
    const socket = openHttpSocket(options, {
      ...handlers,
      opened: () => {
        failures = TRIES;
        stopProbing = probe(platform, relay, () => {
          failures = 0;
          socket.close();
        });
        handlers.opened(false);
      },
      closed: (reason) => {
        stopProbing();
        handlers.closed(reason);
      },
    });
    return socket;
  }

  return { open: (handlers) => (failures < TRIES ? openWebSocket(handlers) : openHttp(handlers)) };
}

/** Tries a WebSocket from time to time until one opens; that one is closed again. The returned function ends it. */
function probe(platform: Platform, relay: string, onOpen: () => void): () => void {
  let ended = false;
  let cancel = platform.after(PROBE_FIRST_MS, attempt);

  function attempt(): void {
    const socket = platform.socket(relay, {
      opened: () => {
        if (ended) return;
        stop();
        onOpen();
      },
      message: () => {},
      closed: () => {
        if (!ended) cancel = platform.after(PROBE_EVERY_MS, attempt);
      },
    });
    // A network may swallow the handshake without a word.
    const giveUp = platform.after(LIMIT.connect, () => socket.close());
    cancel = () => {
      giveUp();
      socket.close();
    };
  }

  function stop(): void {
    ended = true;
    cancel();
  }
  return stop;
}
