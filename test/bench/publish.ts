import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Figure, Measurement } from './measurement.ts';
import { inFolder } from './process.ts';

const CHILD = new URL('publish-child.ts', import.meta.url).pathname;

interface RoundFigures {
  readonly isNews: boolean;
  readonly seconds: number;
  readonly files: number;
  readonly bytes: number;
}

/** What `publish-child.ts` prints; sizes in bytes, times in seconds. */
interface PublishFigures {
  readonly assembled: number;
  readonly first: RoundFigures;
  readonly nothing: RoundFigures;
  readonly update: RoundFigures;
  readonly pulse: RoundFigures;
  readonly front: number;
  readonly frontBrotli: number;
  readonly parts: number;
  readonly snapshot: number;
  readonly state: number;
  readonly log: number;
  readonly peak: number;
  readonly growth: number;
}

/** The publisher with as many components as the largest page that was looked at, and years of incidents. */
export const publish: Measurement = {
  name: 'publish',
  does: '539 components, 2,000 incidents with five updates each, 120 days of four watchers: a first round, and the rounds after it',
  run: (say) => inFolder((folder) => measure(folder, say)),
};

async function measure(folder: string, say: (sentence: string) => void): Promise<readonly Figure[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, join(folder, 'site')]);
  const seen = JSON.parse(stdout) as PublishFigures;
  if (!seen.first.isNews || !seen.update.isNews) throw new Error('The publisher took a new update for nothing new.');
  if (seen.nothing.isNews || seen.pulse.isNews) throw new Error('The publisher took a later check for news.');
  say(
    `${seen.first.files} files written at first, ${seen.update.files} after an update, ${seen.nothing.files} after nothing`,
  );
  const size = (name: string, bytes: number, atMost?: number): Figure => ({
    name,
    value: bytes / 1000,
    unit: 'kB',
    ...(atMost === undefined ? {} : { floor: { atMost } }),
  });
  const took = (name: string, seconds: number, atMost: number): Figure => ({
    name,
    value: seconds,
    unit: 's',
    floor: { atMost },
  });
  return [
    took('assembling the site', seen.assembled, 2),
    took('publishing everything for the first time', seen.first.seconds, 30),
    took('a round with one new update', seen.update.seconds, 3),
    took('a round with new pulses and nothing else', seen.pulse.seconds, 1),
    took('a round with nothing new at all', seen.nothing.seconds, 1),
    size('written at first', seen.first.bytes),
    size('written after one update', seen.update.bytes),
    size('written after new pulses', seen.pulse.bytes),
    size('written after nothing', seen.nothing.bytes),
    size('front page', seen.front),
    size('front page, brotli', seen.frontBrotli, 14),
    size('snapshot event', seen.snapshot, 65.536),
    size('parts.json', seen.parts),
    size('state.json', seen.state),
    size('log/public.jsonl', seen.log),
    { name: 'peak memory', value: seen.peak / 2 ** 20, unit: 'MiB' },
    { name: 'memory gained in ten more rounds', value: seen.growth / 2 ** 20, unit: 'MiB', floor: { atMost: 150 } },
  ];
}
