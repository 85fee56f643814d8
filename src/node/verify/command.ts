import { KIND } from '../../model/event.ts';
import { runWithOptions, type Values } from '../options.ts';
import { readOrganisation } from '../organisation/folder.ts';
import { openKeyLog, ownKey } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { type Authority, checkPlace } from './place.ts';
import { WrongThing } from './wrong-thing.ts';

const USAGE = {
  line: 'lifeboat verify [options] <file|folder|url>',
  does: 'Checks an export, a snapshot, a published site or an organisation’s folder, offline and without changing anything. Exit code 1: the first wrong thing is named.',
  options: {
    org: { type: 'string', value: '<root key>', help: 'whose it must be; else it is only checked against itself' },
    dir: {
      type: 'string',
      value: '<folder>',
      help: 'whose it must be: an organisation’s folder, whose rosters count too',
    },
    json: { type: 'boolean', help: 'print JSON' },
  },
  words: true,
} as const;

/** `lifeboat verify`: 0 all is right, 1 something is wrong, 2 there is nothing that could be checked. */
export function verifyCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>, words: readonly string[]): Promise<number> {
  const [place, ...more] = words;
  if (place === undefined || more.length > 0) throw new PlainError('Give one file, folder or URL to verify.');
  const authority = await authorityOf(values.org, values.dir);
  try {
    const { root, counts, notes } = await checkPlace(place, authority);
    if (values.json)
      process.stdout.write(`${JSON.stringify({ ok: true, place, root: root ?? null, counts, notes })}\n`);
    else
      process.stdout.write(
        `${[`${place}: all right (${countWords(counts)})`, ...notes.map((note) => `  ${note}`)].join('\n')}\n`,
      );
    return 0;
  } catch (error) {
    if (values.json && error instanceof WrongThing) {
      const { file, line, what } = error;
      process.stdout.write(`${JSON.stringify({ ok: false, place, wrong: { file, line, what } })}\n`);
    }
    throw error;
  }
}

async function authorityOf(org: string | undefined, dir: string | undefined): Promise<Authority> {
  if (org !== undefined && !/^[0-9a-f]{64}$/.test(org))
    throw new PlainError(`--org must be a root public key (64 hex digits), not "${org}".`);
  if (dir === undefined) return { root: org, events: [] };
  const { root } = await readOrganisation(dir);
  if (org !== undefined && org !== root)
    throw new PlainError('--org and --dir name two organisations; give one of them.');
  const { log } = await openKeyLog(dir, await ownKey(dir), 'offline');
  const rosters = log.events().filter(({ kind }) => kind === KIND.roster);
  await log.close();
  return { root, events: rosters };
}

function countWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name.replaceAll('_', ' ')}: ${count}`)
    .join(', ');
}
