import { organisation } from '../../model/event.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { PlainError } from '../plain-error.ts';
import { stopped } from '../stopped.ts';
import { parseNetworks } from './address.ts';
import { readRoot } from './root-option.ts';
import { startRelay } from './server.ts';

const USAGE = {
  line: 'lifeboat relay --org <root public key> [options]',
  does: 'Keeps the signed events of one organisation, and serves them.',
  options: {
    org: { type: 'string', value: '<key>', help: 'root public key, 64 hex digits, as `lifeboat init` printed it' },
    port: { type: 'string', value: '<number>', help: '0 lets the system choose', default: '7447' },
    host: { type: 'string', value: '<address>', help: 'address to listen on', default: '127.0.0.1' },
    db: { type: 'string', value: '<file>', help: 'where the events are kept', default: 'relay.db' },
    url: { type: 'list', value: '<value>', help: 'wss:// addresses that members know this relay by; may be repeated' },
    behind: { type: 'list', value: '<value>', help: 'proxies to believe, such as 10.0.0.0/8; may be repeated' },
    origin: { type: 'list', value: '<value>', help: 'web origins that may connect; none: all; may be repeated' },
    json: { type: 'boolean', help: 'say what is where as one line of JSON' },
  },
} as const;

/** Runs a relay until it is asked to stop. Resolves to the exit code; throws PlainError for wrong use. */
export function relayCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>): Promise<number> {
  const { host, db, json, ...texts } = values;
  const root = readRoot(texts.org);
  const relay = await startRelay({
    port: readNumber('port', texts.port, 0, 65_535),
    host,
    db,
    root,
    hosts: texts.url.map(hostOf),
    behind: readNetworks(texts.behind),
    origins: texts.origin,
  });
  const ready = { url: relay.url, port: relay.port, org: organisation(root), db, events: relay.events };
  const sentence = `Relay ${ready.url} keeps organisation ${ready.org} in ${db}; ${ready.events} events so far.`;
  process.stdout.write(`${json ? JSON.stringify(ready) : sentence}\n`);
  const failure = await Promise.race([stopped().then(() => undefined), relay.failed]);
  if (failure === undefined) {
    await relay.close();
    return 0;
  }
  process.stderr.write(`lifeboat relay: ${failure}\n`);
  // The shelf cannot be closed in order any more; everybody else is still let go.
  await relay.close().catch(() => undefined);
  return 1;
}

function readNetworks(texts: readonly string[]) {
  const networks = parseNetworks(texts);
  if (networks === undefined)
    throw new PlainError(`--behind ${texts.join(' ')} names no networks; give such as 10.0.0.0/8.`);
  return networks;
}

function hostOf(url: string): string {
  if (URL.canParse(url) && /^wss?:/.test(url)) return new URL(url).host;
  throw new PlainError(`--url ${url} is not a WebSocket address; give one such as wss://relay.example.org.`);
}
