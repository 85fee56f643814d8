import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { Log } from '../../src/log/log.ts';
import { createMemoryStore } from '../../src/log/store/memory-store.ts';
import { nodePlatform } from '../../src/node/platform.ts';
import type { Platform } from '../../src/platform.ts';
import { openDevice, verifyOnce } from './devices.ts';
import { type Measurement, percentile } from './measurement.ts';
import { chainOf, DEVICES, ROSTER } from './organisation.ts';
import { freePort, inFolder, peakMemory, startRelay, until } from './process.ts';
import { fill } from './relay-database.ts';

const CLIENTS = 500;
const EVENTS = 2_000;
const MISSING = 20;
/** Every so many clients, one holds an event that nobody else has. */
const WRITERS_EVERY = 25;
/** Seconds. */
const FLOOR = 10;

export const reconnect: Measurement = {
  name: 'reconnect',
  does: `${CLIENTS} devices that connect at the same moment, each without ${MISSING} of ${EVENTS} events, ${CLIENTS / WRITERS_EVERY} with news of their own`,
  run: (say) =>
    inFolder(async (folder) => {
      const [author, newsAuthor] = DEVICES;
      const chain = chainOf({ device: author, count: EVENTS });
      const news = chainOf({ device: newsAuthor, count: CLIENTS / WRITERS_EVERY });
      const all = EVENTS + news.length + 1;
      const db = join(folder, 'relay.db');
      fill(db, [ROSTER, ...chain]);
      const port = await freePort();

      const logs: Log[] = [];
      const seconds: number[] = [];
      const verify = verifyOnce();
      let start = 0;
      // The relay is down: all wait for it, as after an outage of a network.
      for (let n = 0; n < CLIENTS; n++) {
        const store = createMemoryStore();
        const from = (n * MISSING) % EVENTS;
        await store.put([ROSTER, ...chain.slice(0, from), ...chain.slice(from + MISSING)]);
        if (n % WRITERS_EVERY === 0) await store.put(news.slice(n / WRITERS_EVERY, n / WRITERS_EVERY + 1));
        const log = await openDevice({ relays: [`ws://127.0.0.1:${port}`], store, platform: platformOf(n), verify });
        const note = () => {
          if (seconds[n] === undefined && log.events().length === all) seconds[n] = (performance.now() - start) / 1000;
        };
        log.onEvents(note);
        logs.push(log);
      }
      const relay = await startRelay(db, port);
      start = performance.now();
      for (const log of logs) log.wake();
      await until('every device holds everything', () => Object.keys(seconds).length === CLIENTS);
      const lost = logs.reduce((sum, log) => sum + all - log.events().length, 0);
      say(`${CLIENTS} devices hold all ${all} events; ${lost} lost`);
      const memory = peakMemory(relay);
      await Promise.all(logs.map((log) => log.close()));
      await relay.kill();
      return [
        { name: `${CLIENTS} devices at once, p50 to caught up`, value: percentile(seconds, 0.5), unit: 's' },
        {
          name: `${CLIENTS} devices at once, p99 to caught up`,
          value: percentile(seconds, 0.99),
          unit: 's',
          floor: { atMost: FLOOR },
        },
        { name: `events lost by ${CLIENTS} devices`, value: lost, unit: 'events', floor: { atMost: 0 } },
        { name: `peak memory with ${CLIENTS} connections`, value: memory, unit: 'MiB' },
      ];
    }),
};

/** Sockets from an address of its own: one address may hold twenty connections. */
function platformOf(n: number): Platform {
  const localAddress = `127.1.${Math.floor(n / 100)}.${(n % 100) + 1}`;
  return {
    ...nodePlatform,
    socket: (url, handlers) => {
      const socket = new WebSocket(url, { perMessageDeflate: false, localAddress });
      socket.on('open', () => handlers.opened());
      socket.on('message', (data: Buffer) => handlers.message(data.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => handlers.closed('the connection was closed'));
      return {
        send: (text) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(text);
        },
        close: () => socket.terminate(),
        get buffered() {
          return socket.bufferedAmount;
        },
      };
    },
  };
}
