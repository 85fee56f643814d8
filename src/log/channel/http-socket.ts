import type { SignedEvent } from '../../model/event.ts';
import { ADDRESSABLE_KINDS } from '../../model/kind-sets.ts';
import type { Platform, Socket, SocketHandlers } from '../../platform.ts';
import { createHttpRoutes, type HttpFilter, Refusal } from './http-routes.ts';
import { parseFrame } from './lane.ts';

export interface HttpSocketOptions {
  readonly org: string;
  /** The relay's WebSocket address; its HTTP routes are on the same host and port. */
  readonly relay: string;
  readonly platform: Platform;
  /** The device's secret key while it is unlocked. */
  readonly secretKey: () => Uint8Array | null;
}

/** How often the addressable events are looked at, which no comparison covers. */
const HINTS_EVERY_MS = 15_000;

/**
 * Speaks to a relay's HTTP routes as if they were a WebSocket, so that the link over it stays the same. Nothing comes by
 * itself here: regular events come with the next comparison, addressable ones by looking.
 */
export function openHttpSocket(options: HttpSocketOptions, handlers: SocketHandlers): Socket {
  const { org, relay, platform, secretKey } = options;
  const aborting = new AbortController();
  const { signal } = aborting;
  const base = relay.replace(/^ws/, 'http').replace(/\/$/, '');
  const routes = createHttpRoutes({ base, platform, secretKey, signal });
  const reconciling = new Map<string, HttpFilter>();
  const shown = new Set<string>();
  let waiting: SignedEvent[] = [];
  let uploading: Promise<void> = Promise.resolve();
  let stopLooking = () => {};

  function hear(text: string): void {
    if (!signal.aborted) handlers.message(text);
  }

  function end(reason: string): void {
    if (signal.aborted) return;
    aborting.abort();
    stopLooking();
    handlers.closed(reason);
  }

  /** A refusal is heard as `word`; anything else that goes wrong is a broken line: the link waits and tries again. */
  async function answer(word: string, name: string, task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (error instanceof Refusal) hear(JSON.stringify([word, name, error.message]));
      else end(error instanceof Error ? error.message : 'the line broke');
    }
  }

  async function show(name: string, ids: readonly string[], kinds: readonly number[] | undefined): Promise<void> {
    for (const event of await routes.fetch(ids, kinds)) hear(`["EVENT",${JSON.stringify(name)},${event}]`);
  }

  async function showUnseen(name: string, filter: HttpFilter): Promise<void> {
    const ids = (await routes.idsOf(filter)).filter((id) => !shown.has(id));
    await show(name, ids, filter.kinds);
    for (const id of ids) shown.add(id);
  }

  async function request(name: string, filter: HttpFilter): Promise<void> {
    if (filter.limit === 0) look(name, filter);
    else if (filter.ids === undefined) await showUnseen(name, filter);
    else await show(name, filter.ids, filter.kinds);
    hear(JSON.stringify(['EOSE', name]));
  }

  /** In the place of a live subscription. */
  function look(name: string, { limit: _, ...filter }: HttpFilter): void {
    const kinds = filter.kinds?.filter((kind) => ADDRESSABLE_KINDS.includes(kind)) ?? [];
    if (kinds.length === 0) return;
    const again = async () => {
      await showUnseen(name, { ...filter, kinds });
      look(name, filter);
    };
    stopLooking = platform.after(HINTS_EVERY_MS, () => void answer('CLOSED', name, again));
  }

  async function compare(name: string, message: string): Promise<void> {
    const filter = reconciling.get(name);
    if (filter !== undefined) hear(JSON.stringify(['NEG-MSG', name, await routes.compare(filter, message)]));
  }

  /** Everything that is said in one turn goes into one request; one request at a time keeps the order. */
  function upload(event: SignedEvent): void {
    waiting.push(event);
    if (waiting.length > 1) return;
    const send = async () => {
      const lines = waiting.map((one) => JSON.stringify(one)).join('\n');
      waiting = [];
      if (lines !== '') for (const verdict of await routes.upload(lines)) hear(verdict);
    };
    queueMicrotask(() => {
      uploading = uploading.then(() => answer('NOTICE', 'events', send));
    });
  }

  function take([type, subject, third, fourth]: readonly unknown[]): void {
    const name = String(subject);
    if (type === 'EVENT') upload(subject as SignedEvent);
    else if (type === 'REQ') void answer('CLOSED', name, () => request(name, third as HttpFilter));
    else if (type === 'NEG-OPEN') {
      reconciling.set(name, third as HttpFilter);
      void answer('NEG-ERR', name, () => compare(name, String(fourth)));
    } else if (type === 'NEG-MSG') void answer('NEG-ERR', name, () => compare(name, String(third)));
    else if (type === 'NEG-CLOSE') reconciling.delete(name);
  }

  void answer('NOTICE', 'health', async () => {
    if ((await routes.organisation()) !== org)
      throw new Error('answers over HTTP, but not as a relay of this organisation');
    if (!signal.aborted) handlers.opened();
  });
  return { send: (text) => take(parseFrame(text)), close: () => end('closed by this side'), buffered: 0 };
}
