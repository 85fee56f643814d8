import { runWithOptions } from '../options.ts';
import { buildSite } from './build.ts';

const USAGE = {
  line: 'lifeboat build [options]',
  does: 'Builds the data-free site into dist/, if its sources changed.',
  options: { force: { type: 'boolean', help: 'build in any case' } },
} as const;

/** `lifeboat build`: prints the folder. */
export function buildCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, async ({ force }) => {
    const folder = await buildSite({ force, say: (text) => process.stderr.write(`${text}\n`) });
    process.stdout.write(`${folder}\n`);
    return 0;
  });
}
