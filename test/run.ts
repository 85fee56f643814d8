// Runs every test in one process tree and prints the counts last, whatever happens.
import { writeSync } from 'node:fs';
import { parseCLI, startVitest } from 'vitest/node';
import { Tally } from './tally.ts';

const tally = new Tally();

process.on('uncaughtException', (error) => {
  console.error(error);
  tally.crashed();
});
process.on('exit', () => {
  if (!tally.isGood) process.exitCode = 1;
  writeSync(1, tally.lines());
});

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
try {
  const vitest = await startVitest('test', filter, {
    ...options,
    run: true,
    watch: false,
    reporters: ['default', tally],
  });
  await vitest.close();
} catch (error) {
  console.error(error);
  tally.crashed();
}
process.exit();
