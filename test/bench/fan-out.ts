import { type Carrier, type Message, messageOf } from './carrier.ts';
import { lifeboat } from './carrier-lifeboat.ts';
import { installedCarriers } from './carriers.ts';
import { type Figure, type Measurement, percentile } from './measurement.ts';
import { chainOf, DEVICES } from './organisation.ts';
import { inFolder, peakMemory } from './process.ts';

const RECEIVERS = 50;
const MESSAGES = 500;
/** The first ones find cold code; they are sent and not counted. */
const WARM_UP = 50;
/** Milliseconds on loopback. */
const FLOOR = 20;
const PATIENCE_MS = 10_000;
/** Other work on the machine only ever slows a run down, so the best of several says what the server can do. */
const RUNS = 3;

interface Samples {
  /** Milliseconds from sending to each receiver. */
  readonly each: readonly number[];
  /** Milliseconds from sending to the last receiver. */
  readonly last: readonly number[];
  readonly memory: number;
}

export const fanOut: Measurement = {
  name: 'fan-out',
  does: `${MESSAGES} messages one after the other, from one sender to ${RECEIVERS} receivers, best of ${RUNS}`,
  run: async (say) => {
    const [device] = DEVICES;
    const messages = chainOf({ device, count: MESSAGES + WARM_UP }).map(messageOf);
    const figures: Figure[] = [];
    for (const carrier of installedCarriers(say)) {
      const runs: Samples[] = [];
      for (let n = 0; n < RUNS; n++) runs.push(await measure(carrier, messages));
      runs.sort((a, b) => percentile(a.last, 0.99) - percentile(b.last, 0.99));
      say(
        `${carrier.name}: p99 to the last ${runs.map(({ last }) => percentile(last, 0.99).toFixed(1)).join(', ')} ms`,
      );
      const [best] = runs;
      if (best !== undefined) figures.push(...figuresOf(carrier, best));
    }
    return figures;
  },
};

function figuresOf({ name }: Carrier, { each, last, memory }: Samples): readonly Figure[] {
  const floor = name === lifeboat.name ? { floor: { atMost: FLOOR } } : {};
  return [
    { name: `delivery to one of ${RECEIVERS}, p50, ${name}`, value: percentile(each, 0.5), unit: 'ms' },
    { name: `delivery to one of ${RECEIVERS}, p99, ${name}`, value: percentile(each, 0.99), unit: 'ms', ...floor },
    { name: `delivery to the last of ${RECEIVERS}, p50, ${name}`, value: percentile(last, 0.5), unit: 'ms' },
    { name: `delivery to the last of ${RECEIVERS}, p99, ${name}`, value: percentile(last, 0.99), unit: 'ms', ...floor },
    { name: `peak memory with ${RECEIVERS} receivers, ${name}`, value: memory, unit: 'MiB' },
  ];
}

function measure(carrier: Carrier, messages: readonly Message[]): Promise<Samples> {
  return inFolder(async (folder) => {
    const running = await carrier.start(folder);
    try {
      let heard: () => void = () => undefined;
      for (let n = 0; n < RECEIVERS; n++) await running.subscribe(n, () => heard());
      const publisher = await running.publisher(0);
      const each: number[] = [];
      const last: number[] = [];
      for (const [position, message] of messages.entries()) {
        const times: number[] = [];
        await new Promise<void>((resolve, reject) => {
          const giveUp = setTimeout(
            () =>
              reject(new Error(`${carrier.name}: ${times.length} of ${RECEIVERS} receivers got message ${position}.`)),
            PATIENCE_MS,
          );
          let isAccepted = false;
          const finish = () => {
            if (!isAccepted || times.length < RECEIVERS) return;
            clearTimeout(giveUp);
            resolve();
          };
          const start = performance.now();
          heard = () => {
            times.push(performance.now() - start);
            finish();
          };
          publisher.publish(message, () => {
            isAccepted = true;
            finish();
          });
        });
        if (position < WARM_UP) continue;
        each.push(...times);
        last.push(Math.max(...times));
      }
      return { each, last, memory: peakMemory(running.server) };
    } finally {
      await running.stop();
    }
  });
}
