import { type Carrier, type Message, messageOf, publishAll } from './carrier.ts';
import { lifeboat } from './carrier-lifeboat.ts';
import { installedCarriers } from './carriers.ts';
import type { Figure, Measurement } from './measurement.ts';
import { chainOf, DEVICES } from './organisation.ts';
import { inFolder, peakMemory, processorTime } from './process.ts';

const CONNECTIONS = DEVICES.length;
const WINDOW = 64;
/** Events a second, on two cores. */
const FLOOR = 2_000;
const EACH = 5_000;
const ALL = CONNECTIONS * EACH;
/** Other work on the machine only ever slows a run down, so the best of several says what the server can do. */
const RUNS = 3;

interface Run {
  readonly rate: number;
  /** Milliseconds of processor time per message. */
  readonly cost: number;
  readonly memory: number;
}

export const accepted: Measurement = {
  name: 'accepted',
  does: `${ALL} events of 300 bytes of text, ${CONNECTIONS} connections with ${WINDOW} unanswered each, best of ${RUNS}`,
  run: async (say) => {
    const chains = DEVICES.map((device) => chainOf({ device, count: EACH }).map(messageOf));
    const figures: Figure[] = [];
    for (const carrier of installedCarriers(say)) {
      const runs: Run[] = [];
      for (let n = 0; n < RUNS; n++) runs.push(await measure(carrier, chains));
      say(`${carrier.name}: ${runs.map(({ rate }) => Math.round(rate)).join(', ')} messages/s`);
      figures.push(...figuresOf(carrier, runs));
    }
    return figures;
  },
};

function figuresOf({ name, promise }: Carrier, runs: readonly Run[]): readonly Figure[] {
  const rate = Math.max(...runs.map((run) => run.rate));
  const floor = name === lifeboat.name ? { floor: { atLeast: FLOOR } } : {};
  return [
    { name: `accepted, ${name} (${promise})`, value: rate, unit: 'messages/s', ...floor },
    { name: `processor time, ${name}`, value: Math.min(...runs.map((run) => run.cost)), unit: 'ms/message' },
    { name: `peak memory while accepting, ${name}`, value: Math.max(...runs.map((run) => run.memory)), unit: 'MiB' },
  ];
}

function measure(carrier: Carrier, chains: readonly (readonly Message[])[]): Promise<Run> {
  return inFolder(async (folder) => {
    const running = await carrier.start(folder);
    try {
      const publishers = await Promise.all(chains.map((_, n) => running.publisher(n)));
      const start = performance.now();
      const used = processorTime(running.server);
      await Promise.all(publishers.map((publisher, n) => publishAll(publisher, chains[n] ?? [], WINDOW)));
      const seconds = (performance.now() - start) / 1000;
      const cost = ((processorTime(running.server) - used) * 1000) / ALL;
      return { rate: ALL / seconds, cost, memory: peakMemory(running.server) };
    } finally {
      await running.stop();
    }
  });
}
