import { type Figure, type Floor, percentile } from '../measurement.ts';
import type { Samples } from './rounds.ts';

const WIRE_BYTES = 14_000;
const TIMES_CONTROL = 1.6;

/** What is asked of our page, beside the pages that were measured in the same run. */
export function figuresOf(samples: ReadonlyMap<string, Samples>, names: Names): readonly Figure[] {
  const all = [...samples].flatMap(([name, one]) => figuresOfPage(name, one));
  const [ours, control, rival] = [names.ours, names.control, names.rival].map((name) => samples.get(name));
  if (ours === undefined || control === undefined) return all;
  const before = [...ours.near, ...ours.slow].map(({ bytesBefore }) => bytesBefore);
  const shown = ours.offline.flatMap(({ reload, reopen }) => [reload, reopen]);
  return [
    ...all,
    {
      name: `${names.ours}: bytes before the status text`,
      value: Math.max(...before),
      unit: 'bytes',
      floor: { atMost: WIRE_BYTES },
    },
    {
      name: `${names.ours}: returning reader, times ${names.control}`,
      value: median(ours.returning, 'status') / median(control.returning, 'status'),
      unit: '',
      floor: { atMost: TIMES_CONTROL },
    },
    ...(rival === undefined
      ? []
      : [
          ratio(`${names.ours}: status text near, times ${names.rival}`, ours.near, rival.near),
          ratio(`${names.ours}: status text on the slow network, times ${names.rival}`, ours.slow, rival.slow, {
            atMost: 1,
          }),
        ]),
    {
      name: `${names.ours}: offline reloads and cold starts that show the page`,
      value: shown.filter((time) => time !== null).length / shown.length,
      unit: '',
      floor: { atLeast: 1 },
    },
  ];
}

interface Names {
  readonly ours: string;
  readonly control: string;
  /** The best full-featured page among the others; compared where it was measured. */
  readonly rival: string;
}

function ratio(name: string, ours: Samples['near'], other: Samples['near'], floor?: Floor): Figure {
  const value = median(ours, 'status') / median(other, 'status');
  return { name, value, unit: '', ...(floor === undefined ? {} : { floor }) };
}

function figuresOfPage(name: string, { near, slow, returning, offline }: Samples): readonly Figure[] {
  const of = (what: string, value: number, unit: string): Figure => ({ name: `${name}: ${what}`, value, unit });
  const offlineTimes = offline.flatMap(({ reload, reopen }) => [reload, reopen]).filter((time) => time !== null);
  return [
    of('wire, in all', median(near, 'bytes') / 1024, 'KiB'),
    of('requests', median(near, 'requests'), ''),
    of('script, decoded', median(near, 'script') / 1024, 'KiB'),
    of('heap', median(near, 'heap') / 1_048_576, 'MiB'),
    of('near: first paint', median(near, 'paint'), 'ms'),
    of('near: status text', median(near, 'status'), 'ms'),
    of('slow network: first paint', median(slow, 'paint'), 'ms'),
    of('slow network: status text', median(slow, 'status'), 'ms'),
    of('slow network: long tasks', median(slow, 'longTasks'), 'ms'),
    of('returning, slow network: status text', median(returning, 'status'), 'ms'),
    of('returning, slow network: requests', median(returning, 'requests'), ''),
    ...(offlineTimes.length === 0 ? [] : [of('offline: status text', percentile(offlineTimes, 0.5), 'ms')]),
  ];
}

function median<Key extends string>(samples: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return percentile(
    samples.map((sample) => sample[key]),
    0.5,
  );
}
