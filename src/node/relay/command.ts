import { organisation } from '../../model/event.ts';
import { readNumber, readOptions } from '../options.ts';
import { PlainError } from '../plain-error.ts';
import { stopped } from '../stopped.ts';
import { parseNetworks } from './address.ts';
import { startRelay } from './server.ts';

const USAGE = {
  line: 'lifeboat relay --org <root public key> [options]',
  does: 'Keeps the signed events of one organisation, and serves them. Lists are separated by commas.',
  options: {
    org: { type: 'string', value: '<key>', help: 'root public key, 64 hex digits, as `lifeboat init` printed it' },
    port: { type: 'string', value: '<number>', help: '0 lets the system choose', default: '7447' },
    host: { type: 'string', value: '<address>', help: 'address to listen on', default: '127.0.0.1' },
    db: { type: 'string', value: '<file>', help: 'where the events are kept', default: 'relay.db' },
    url: { type: 'string', value: '<list>', help: 'wss:// addresses that members know this relay by' },
    behind: { type: 'string', value: '<list>', help: 'proxies to believe, such as 10.0.0.0/8' },
    origin: { type: 'string', value: '<list>', help: 'web origins that may connect; none: all' },
    json: { type: 'boolean', help: 'say what is where as one line of JSON' },
  },
} as const;

/** Runs a relay until it is asked to stop. Resolves to the exit code; throws PlainError for wrong use. */
export async function relayCommand(args: readonly string[]): Promise<number> {
  const read = readOptions(args, USAGE);
  if (read.type === 'help') {
    process.stdout.write(read.text);
    return 0;
  }
  const { host, db, json, ...texts } = read.values;
  const root = readRoot(texts.org);
  const relay = await startRelay({
    port: readNumber('port', texts.port, 0, 65_535),
    host,
    db,
    root,
    hosts: listed(texts.url).map(hostOf),
    behind: readNetworks(texts.behind),
    origins: listed(texts.origin),
  });
  const ready = { url: relay.url, port: relay.port, org: organisation(root), db, events: relay.events };
  const sentence = `Relay ${ready.url} keeps organisation ${ready.org} in ${db}; ${ready.events} events so far.`;
  process.stdout.write(`${json ? JSON.stringify(ready) : sentence}\n`);
  await stopped();
  await relay.close();
  return 0;
}

function readRoot(org: string | undefined): string {
  if (org !== undefined && /^[0-9a-f]{64}$/.test(org)) return org;
  const what = org === undefined ? '--org is missing' : `--org ${org} is not a root public key`;
  throw new PlainError(`${what}; give the 64 hex digits that \`lifeboat init\` printed.`);
}

function readNetworks(text: string | undefined) {
  const networks = parseNetworks(listed(text));
  if (networks === undefined) throw new PlainError(`--behind ${text} names no networks; give such as 10.0.0.0/8.`);
  return networks;
}

function hostOf(url: string): string {
  if (URL.canParse(url) && /^wss?:/.test(url)) return new URL(url).host;
  throw new PlainError(`--url ${url} is not a WebSocket address; give one such as wss://relay.example.org.`);
}

function listed(text = ''): readonly string[] {
  return text.split(',').filter((part) => part !== '');
}
