import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { simulate, type Verdict } from './simulate.ts';

/** Seeds that one thread takes at a time. */
const SHARE = 20;

/** A run leaves hardly anything behind: with room for its litter, nearly nothing is ever copied by the collector. */
const YOUNG_MB = 96;

interface Share {
  readonly from: number;
  readonly to: number;
}

/** One thread: simulates the share it is given, says when it is done, and waits for the next. */
function work(): void {
  // What the log tells its own console is of no use here: the trace says more.
  console.warn = () => {};
  parentPort?.on('message', (share: Share) => void simulateAll(share));
}

async function simulateAll({ from, to }: Share): Promise<void> {
  for (let seed = from; seed < to; seed++) parentPort?.postMessage(await simulate(seed));
  parentPort?.postMessage('done');
}

function report({ seed, broken, digest, last }: Verdict): void {
  const more = broken.length > 12 ? [`… and ${broken.length - 12} more`] : [];
  const lines = [
    ...last,
    '',
    `Seed ${seed} breaks (trace ${digest}):`,
    ...[...broken.slice(0, 12), ...more].map((rule) => `  ${rule}`),
    `Replay it with:  SEED=${seed} npm run sim`,
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { seeds: { type: 'string' }, from: { type: 'string' }, threads: { type: 'string' } },
  });
  const single = process.env['SEED'];
  const from = Number(single ?? values.from ?? 0);
  const seeds = single === undefined ? Number(values.seeds ?? 1_000) : 1;
  const threads = Math.min(Number(values.threads ?? availableParallelism()), Math.ceil(seeds / SHARE));
  if (![from, seeds, threads].every((given) => Number.isSafeInteger(given) && given >= 0) || seeds === 0) {
    process.stderr.write('Use: npm run sim -- [--seeds 1000] [--from 0] [--threads 2], or SEED=n npm run sim\n');
    return 2;
  }
  const begun = performance.now();
  const counts = new Map<string, number>();
  let [done, failed] = [0, 0];
  let next = from;
  const hear = (verdict: Verdict) => {
    done++;
    for (const [what, times] of verdict.counts) counts.set(what, (counts.get(what) ?? 0) + times);
    if (verdict.broken.length > 0) {
      failed++;
      report(verdict);
    }
    if (process.stdout.isTTY && done % 10 === 0) process.stdout.write(`\r${done} of ${seeds} seeds, ${failed} failed `);
  };
  const startOne = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
      const giveShare = () => {
        const share: Share = { from: next, to: Math.min(next + SHARE, from + seeds) };
        next = share.to;
        if (share.from < share.to) worker.postMessage(share);
        else void worker.terminate();
      };
      worker
        .on('message', (said: Verdict | 'done') => (said === 'done' ? giveShare() : hear(said)))
        .on('error', reject)
        .on('exit', () => resolve());
      giveShare();
    });
  await Promise.all(Array.from({ length: threads }, startOne));
  const seconds = (performance.now() - begun) / 1_000;
  const table = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, times]) => `${String(times).padStart(9)}  ${what}`);
  process.stdout.write(
    `${seeds > 1 ? `\nWhat happened:\n${table.join('\n')}\n` : ''}\n${seeds} seeds from ${from}: ${failed} failed. ` +
      `${seconds.toFixed(1)} s, ${(seeds / seconds).toFixed(0)} seeds/s on ${threads} threads.\n`,
  );
  return failed === 0 ? 0 : 1;
}

if (isMainThread) process.exitCode = await main();
else work();
