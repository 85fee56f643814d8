import { readNumber, runWithOptions, type Values } from '../options.ts';
import { nodePlatform } from '../platform.ts';
import { stopped } from '../stopped.ts';
import { jsonTeller, sentenceTeller } from './teller.ts';
import { type Ready, startUp } from './up.ts';

/** What a shell reports of a program that Ctrl-C ended. */
const STOPPED = 130;

const USAGE = {
  line: 'lifeboat up [options]',
  does: 'Runs everything on this machine: two relays, a watcher, a publisher, the site and the bridge.',
  options: {
    dir: { type: 'string', value: '<folder>', help: 'where the organisation is kept', default: '.lifeboat' },
    port: {
      type: 'string',
      value: '<number>',
      help: 'of the site; the relays take the next two; 0: any',
      default: '4747',
    },
    json: { type: 'boolean', help: 'one line of JSON when ready, then one for each thing that happens' },
  },
} as const;

/** `lifeboat up`, until Ctrl-C. */
export function upCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>): Promise<number> {
  const stop = stopped();
  const port = readNumber('port', values.port, 0, 65_533);
  const json = jsonTeller(nodePlatform.now);
  const tell = values.json ? json.tell : sentenceTeller(nodePlatform.now);
  const start = startUp({ dir: values.dir, port, tell, quiet: values.json });
  const up = await Promise.race([start, stop.then(() => null)]);
  // Asked to end while starting: the lock and the relays fall with this process, and every file is written whole.
  if (up === null) process.exit(STOPPED);
  if (values.json) json.ready(up.ready);
  else process.stdout.write(whatIsWhere(up.ready));
  await stop;
  if (!values.json) process.stdout.write('Stopping …\n');
  await up.close();
  return 0;
}

function whatIsWhere({ site, bridge, relays, dir }: Ready): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Public page', site],
    ['Bridge', `${site}bridge/`],
    ['Enrol your first device', bridge],
    ...relays.map((relay, index) => [`Relay ${index + 1}`, relay] as const),
    ['Everything is kept in', dir],
  ];
  return `\n${rows.map(([name, value]) => `  ${name.padEnd(26)}${value}`).join('\n')}\n\nCtrl-C stops it.\n\n`;
}
