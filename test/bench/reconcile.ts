import { join } from 'node:path';
import { createMemoryStore } from '../../src/log/store/memory-store.ts';
import { countingPlatform } from './counting-platform.ts';
import { isOnAll, openDevice } from './devices.ts';
import type { Figure, Measurement } from './measurement.ts';
import { chainOf, DEVICES, ROSTER } from './organisation.ts';
import { inFolder, peakMemory, startRelay, until } from './process.ts';
import { fill } from './relay-database.ts';

const EVENTS = 100_000;
const MISSING = 100;

/** A device that has almost all: what does it cost to find out what is missing, and to fetch it? */
export const reconcile: Measurement = {
  name: 'reconcile',
  does: `a device that lacks ${MISSING} of a relay's ${EVENTS} events catches up`,
  run: () =>
    inFolder(async (folder) => {
      const [writer] = DEVICES;
      // Spread over the whole log: the hardest case for a comparison by ranges.
      const isMissing = (s: number) => s % (EVENTS / MISSING) === 0;
      const chain = chainOf({ device: writer, count: EVENTS, signed: isMissing });
      const db = join(folder, 'relay.db');
      fill(db, [ROSTER, ...chain]);
      const relay = await startRelay(db);
      const store = createMemoryStore();
      await store.put([ROSTER, ...chain.filter((_, at) => !isMissing(at + 1))]);
      const { platform, traffic } = countingPlatform();
      const start = performance.now();
      const log = await openDevice({ relays: [relay.url], store, platform });
      const opened = performance.now();
      await until('the device caught up', () => isOnAll(log, [relay.url], EVENTS + 1));
      const caughtUp = performance.now();
      const memory = peakMemory(relay);
      // Twice: after it fetched something, a device compares once more to see that nothing is left.
      const figures: Figure[] = [
        { name: 'comparison, messages up', value: traffic.rounds, unit: 'messages' },
        { name: 'comparison, up', value: traffic.comparisonUp / 1000, unit: 'kB' },
        { name: 'comparison, down', value: traffic.comparisonDown / 1000, unit: 'kB' },
        { name: 'all bytes, up', value: traffic.up / 1000, unit: 'kB' },
        { name: 'all bytes, down (with the missing events)', value: traffic.down / 1000, unit: 'kB' },
        { name: `opening a copy of ${EVENTS} events`, value: (opened - start) / 1000, unit: 's' },
        { name: `catching up on ${MISSING} of ${EVENTS} events`, value: (caughtUp - opened) / 1000, unit: 's' },
        { name: `peak memory of a relay that holds ${EVENTS} events`, value: memory, unit: 'MiB' },
      ];
      await Promise.all([log.close(), relay.kill()]);
      return figures;
    }),
};
