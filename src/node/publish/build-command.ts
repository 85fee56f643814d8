import { readOptions } from '../options.ts';
import { buildSite } from './build.ts';

const USAGE = {
  line: 'lifeboat build [options]',
  does: 'Builds the data-free site into dist/, if its sources changed.',
  options: { force: { type: 'boolean', help: 'build in any case' } },
} as const;

export async function buildCommand(args: readonly string[]): Promise<number> {
  const read = readOptions(args, USAGE);
  if (read.type === 'help') process.stdout.write(read.text);
  else {
    const folder = await buildSite({ force: read.values.force, say: (text) => process.stderr.write(`${text}\n`) });
    process.stdout.write(`${folder}\n`);
  }
  return 0;
}
