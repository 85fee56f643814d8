import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { BlockList } from 'node:net';
import { PlainError } from '../plain-error.ts';
import { startEngine } from './engine.ts';
import { answerHttp } from './http.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { DamagedRow } from './shelf-rows.ts';
import { serveSockets } from './sockets.ts';
import { SqliteShelf } from './sqlite-shelf.ts';
import { createState, forget, type RelayState } from './state.ts';

export interface RelayOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  /** Path of the SQLite file; `:memory:` for none. */
  readonly db: string;
  /** Root public key (64 hex digits) of the one organisation that is kept here. */
  readonly root: string;
  /** Proxies whose X-Forwarded-For is believed. */
  readonly behind?: BlockList;
  /** Allowed origins of web pages; none given: all. */
  readonly origins?: readonly string[];
  /** Host names (with port, where not the usual one) that clients know this relay by; none given: the Host header. */
  readonly hosts?: readonly string[];
  readonly limits?: Partial<Limits>;
  /** Unix milliseconds. */
  readonly now?: () => number;
  /** Hears one plain sentence of each trouble that the relay survives. */
  readonly onTrouble?: (sentence: string) => void;
}

export interface RunningRelay {
  /** ws://host:port */
  readonly url: string;
  readonly port: number;
  /** Regular events held at start. */
  readonly events: number;
  /** Resolves with one plain sentence when the relay cannot go on; it acknowledges nothing from then on. */
  readonly failed: Promise<string>;
  /** Answers what was taken in, then lets everybody go. */
  close(): Promise<void>;
}

const SETTLE_MS = 3_000;
const GOODBYE_MS = 1_000;

/** Starts a relay. Throws PlainError, one plain sentence, when the port or the database cannot be used. */
export async function startRelay(options: RelayOptions): Promise<RunningRelay> {
  const { root, host, behind = new BlockList(), now = Date.now } = options;
  const onTrouble = options.onTrouble ?? ((sentence) => process.stderr.write(`lifeboat relay: ${sentence}\n`));
  let state: RelayState | undefined;
  const onDamage = (damaged: readonly DamagedRow[]) => {
    const [first] = damaged;
    const which = damaged.length === 1 ? `event ${first?.id}` : `${damaged.length} events`;
    onTrouble(`${which} in ${options.db} went into quarantine (${first?.reason}); devices that hold it send it again`);
    if (state !== undefined)
      forget(
        state,
        damaged.map(({ id }) => id),
      );
  };
  const shelf = new SqliteShelf(options.db, root, { onTrouble, onDamage });
  const relay = createState(root, shelf, { ...LIMITS, ...options.limits });
  state = relay;
  // A slow or silent client holds nothing up for long.
  const { handshakeMs } = relay.limits;
  const server = createServer({
    headersTimeout: handshakeMs,
    requestTimeout: 30_000,
    connectionsCheckingInterval: handshakeMs / 5,
  });
  let port: number;
  try {
    port = await listen(server, options.port, host);
  } catch (error) {
    shelf.close();
    throw error;
  }
  let fail: (sentence: string) => void = onTrouble;
  const failed = new Promise<string>((resolve) => {
    fail = resolve;
  });
  const engine = startEngine(relay, { now, onTrouble, onEnd: (sentence) => fail(sentence) });
  const callers = { behind, origins: options.origins ?? [], hosts: options.hosts ?? [] };
  const sayGoodbye = serveSockets(server, engine, callers);
  server.on('request', (request, response) => {
    answerHttp(engine, callers, now, request, response).catch((error: unknown) => {
      onTrouble(`an HTTP request could not be answered (${error instanceof Error ? error.message : String(error)})`);
      response.destroy();
      engine.recover(error);
    });
  });
  return {
    url: `ws://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    events: relay.open.size + relay.sealed.size,
    failed,
    async close() {
      const closed = once(server, 'close');
      server.close();
      await engine.settle(SETTLE_MS);
      const cutOff = setTimeout(sayGoodbye(), GOODBYE_MS);
      server.closeIdleConnections();
      await closed;
      clearTimeout(cutOff);
      await engine.close();
      shelf.close();
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  try {
    const listening = once(server, 'listening');
    server.listen(port, host);
    await listening;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new PlainError(`Port ${port} on ${host} is taken; choose another with --port.`);
    throw new PlainError(
      `Cannot listen on port ${port} of ${host} (${message}); choose others with --port and --host.`,
    );
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
