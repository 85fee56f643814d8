import { readNumber, readOptions } from '../options.ts';
import { nodePlatform } from '../platform.ts';
import { stopped } from '../stopped.ts';
import { teller } from './teller.ts';
import { startUp } from './up.ts';

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
export async function upCommand(args: readonly string[]): Promise<number> {
  const read = readOptions(args, USAGE);
  if (read.type === 'help') {
    process.stdout.write(read.text);
    return 0;
  }
  const { dir, json } = read.values;
  const stop = stopped();
  const tell = teller(json, nodePlatform.now);
  const up = await startUp({ dir, port: readNumber('port', read.values.port, 0, 65_533), tell, quiet: json });
  const { site, bridge, relays } = up.ready;
  if (json) process.stdout.write(`${JSON.stringify(up.ready)}\n`);
  else {
    const rows = [
      ['Public page', site],
      ['Bridge', `${site}bridge/`],
      ['Enrol your first device', bridge],
      ...relays.map((relay, index) => [`Relay ${index + 1}`, relay]),
      ['Everything is kept in', up.ready.dir],
    ];
    process.stdout.write(
      `\n${rows.map(([name = '', value]) => `  ${name.padEnd(26)}${value}`).join('\n')}\n\nCtrl-C stops it.\n\n`,
    );
  }
  await stop;
  if (!json) process.stdout.write('Stopping …\n');
  await up.close();
  return 0;
}
