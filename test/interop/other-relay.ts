import { once } from 'node:events';
import { type Event, EventRepository, type Filter, LogLevel } from '@nostr-relay/common';
import { NostrRelay } from '@nostr-relay/core';
import { Validator } from '@nostr-relay/validator';
import { onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';

/** Answers at most so many events, as its own SQLite repository does. */
const PAGE = 100;

type Options = NonNullable<ConstructorParameters<typeof NostrRelay>[1]>;

/** What `@nostr-relay/core` keeps, in memory: its own repository for SQLite needs a native build. */
class MemoryRepository extends EventRepository {
  readonly events = new Map<string, Event>();

  isSearchSupported(): boolean {
    return false;
  }

  upsert(event: Event): { isDuplicate: boolean } {
    const isDuplicate = this.events.has(event.id);
    this.events.set(event.id, event);
    return { isDuplicate };
  }

  find(filter: Filter): Event[] {
    const { ids, authors, kinds, since = 0, until = Infinity, limit = PAGE } = filter;
    return [...this.events.values()]
      .filter(
        (event) =>
          (ids?.includes(event.id) ?? true) &&
          (authors?.includes(event.pubkey) ?? true) &&
          (kinds?.includes(event.kind) ?? true) &&
          event.created_at >= since &&
          event.created_at <= until &&
          Object.entries(filter).every(
            ([name, wanted]) => !name.startsWith('#') || hasTag(event, name.slice(1), wanted),
          ),
      )
      .sort((a, b) => b.created_at - a.created_at || (a.id < b.id ? -1 : 1))
      .slice(0, Math.min(limit, PAGE));
  }

  async destroy(): Promise<void> {}
}

function hasTag(event: Event, name: string, wanted: unknown): boolean {
  return Array.isArray(wanted) && event.tags.some((tag) => tag[0] === name && wanted.includes(tag[1]));
}

export interface OtherRelay {
  readonly url: string;
  /** What it keeps, to look at and to put into. */
  readonly events: Map<string, Event>;
  /** Its memory is gone, and it goes on as if nothing had happened. */
  wipe(): void;
  /** Cuts all connections. */
  cut(): void;
}

/** An independent implementation of a relay, without NIP-77, as its documentation puts it behind `ws`. */
export async function otherRelay(options: Options = {}): Promise<OtherRelay> {
  const repository = new MemoryRepository();
  const relay = new NostrRelay(repository, { logLevel: LogLevel.ERROR, ...options });
  const validator = new Validator();
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    relay.handleConnection(socket);
    socket.on('close', () => relay.handleDisconnect(socket));
    socket.on('message', (data) => {
      validator
        .validateIncomingMessage(data)
        .then((message) => relay.handleMessage(socket, message))
        .catch((error: unknown) => {
          if (socket.readyState !== socket.OPEN) return;
          socket.send(JSON.stringify(['NOTICE', error instanceof Error ? error.message : String(error)]));
        });
    });
  });
  const cut = () => {
    for (const client of server.clients) client.terminate();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `ws://127.0.0.1:${port}`, events: repository.events, wipe: () => repository.events.clear(), cut };
}

/** Without the caches that make it forget and lie (see the tests of its faults). */
export const HONEST: Options = { filterResultCacheTtl: 0, eventHandlingResultCacheTtl: 0 };
