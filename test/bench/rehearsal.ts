import { join } from 'node:path';
import { createMemoryStore } from '../../src/log/store/memory-store.ts';
import { nodePlatform } from '../../src/node/platform.ts';
import { openSqliteStore } from '../../src/node/store/sqlite-store.ts';
import { isOnAll, openDevice } from './devices.ts';
import type { Figure, Measurement } from './measurement.ts';
import { chainOf, DEVICES, ROSTER } from './organisation.ts';
import { inFolder, peakMemory, startRelay, until } from './process.ts';

const EVENTS = 20_000;
const OFFLINE = 100;
const ALL = EVENTS + OFFLINE + 1;
const HOUR_MS = 3_600_000;

/** The bad day: both relays die, work goes on, and one of them comes back without its disk. */
export const rehearsal: Measurement = {
  name: 'rehearsal',
  does: `${EVENTS} events on two relays, both SIGKILLed, ${OFFLINE} written offline, one relay returns empty, a fresh device fetches all`,
  run: (say) => inFolder((folder) => rehearse(folder, say)),
};

async function rehearse(folder: string, say: (sentence: string) => void): Promise<readonly Figure[]> {
  const [writer, reader] = DEVICES;
  const chain = chainOf({ device: writer, count: EVENTS });
  const [one, two] = [await startRelay(join(folder, 'one.db')), await startRelay(join(folder, 'two.db'))];
  const relays = [one.url, two.url];
  let offset = 0;
  const platform = { ...nodePlatform, now: () => Date.now() + offset };
  const survivor = await openDevice({
    relays,
    store: openSqliteStore(join(folder, 'survivor.db')),
    platform,
    device: writer,
  });

  const published = clock();
  await survivor.add([ROSTER, ...chain]);
  await until('all events on both relays', () => isOnAll(survivor, relays, EVENTS + 1));
  const publishSeconds = published();
  say(`${EVENTS} events verified, stored here and on both relays in ${publishSeconds.toFixed(1)} s`);

  await Promise.all([one.kill(), two.kill()]);
  for (let n = 0; n < OFFLINE; n++) {
    offset = n % 2 === 0 ? 0 : -HOUR_MS;
    await survivor.writePublic('incident.update', { text: `written while every relay was down, number ${n}` });
  }
  offset = 0;

  const returned = await startRelay(join(folder, 'empty.db'), one.port);
  const refilled = clock();
  await until('the empty relay holds all again', () => isOnAll(survivor, [returned.url], ALL));
  const refillSeconds = refilled();
  const memory = peakMemory(returned);

  const fetched = clock();
  const fresh = await openDevice({
    relays: [returned.url],
    store: createMemoryStore(),
    device: reader,
  });
  await until('the fresh device holds all', () => fresh.events().length === ALL);
  const fetchSeconds = fetched();
  const own = new Set(survivor.events().map(({ id }) => id));
  if (!fresh.events().every(({ id }) => own.has(id))) throw new Error('The fresh device holds something else.');
  await Promise.all([survivor.close(), fresh.close(), returned.kill()]);
  return [
    { name: `publishing ${EVENTS} events to two relays`, value: publishSeconds, unit: 's' },
    { name: `refilling an empty relay with ${ALL} events`, value: refillSeconds, unit: 's' },
    { name: `fetching and verifying ${ALL} events`, value: fetchSeconds, unit: 's' },
    { name: 'peak memory of the refilled relay', value: memory, unit: 'MiB' },
  ];
}

/** Seconds since it was made. */
function clock(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}
