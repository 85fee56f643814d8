import { parseArgs } from 'node:util';
import { organisation } from '../../model/event.ts';
import { parseNetworks } from './address.ts';
import { type RelayOptions, startRelay } from './server.ts';
import { StartError } from './start-error.ts';

const HELP = `lifeboat relay: keeps the signed events of one organisation.

  --org <key>        root public key of the organisation, 64 hex digits (needed)
  --port <number>    default 7447; 0 lets the system choose
  --host <address>   default 127.0.0.1
  --db <file>        default relay.db
  --url <address>    wss:// address that members know this relay by, for NIP-42; may be given more than once
  --behind <network> proxy whose X-Forwarded-For is believed, such as 10.0.0.0/8; may be given more than once
  --origin <origin>  web origin that may connect; may be given more than once; none given: all
  --json             prints one line of JSON when ready
  --help
`;

/** Runs a relay until SIGINT or SIGTERM. Resolves to the exit code: 0 stopped, 2 wrong use. */
export async function relayCommand(args: string[]): Promise<number> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(args);
    if (options === 'help') {
      process.stdout.write(HELP);
      return 0;
    }
    const relay = await startRelay(options);
    const org = organisation(options.root);
    const ready = { url: relay.url, port: relay.port, org, db: options.db, events: relay.events };
    process.stdout.write(
      options.json
        ? `${JSON.stringify(ready)}\n`
        : `Relay ${ready.url} keeps organisation ${org} in ${ready.db} (${ready.events} events so far). Ctrl-C stops it.\n`,
    );
    await stopSignal();
    await relay.close();
    return 0;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`lifeboat relay: ${error.message}\n`);
    return 2;
  }
}

function readOptions(args: string[]): 'help' | (RelayOptions & { readonly json: boolean }) {
  const values = parse(args);
  if (values.help) return 'help';
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new StartError(`--port ${values.port} is not a number from 0 to 65535.`);
  if (values.org === undefined)
    throw new StartError('--org is missing; give the root public key that `lifeboat init` printed.');
  if (!/^[0-9a-f]{64}$/.test(values.org)) {
    throw new StartError('--org is not a root public key; give the 64 hex digits that `lifeboat init` printed.');
  }
  const behind = parseNetworks(values.behind);
  if (behind === undefined) throw new StartError('--behind is not a network; give one such as 10.0.0.0/8.');
  const wrong = values.url.find((url) => !URL.canParse(url) || !/^wss?:/.test(url));
  if (wrong !== undefined)
    throw new StartError(`--url ${wrong} is not a WebSocket address; give one such as wss://relay.example.org.`);
  const hosts = values.url.map((url) => new URL(url).host);
  return {
    port,
    host: values.host,
    db: values.db,
    root: values.org,
    behind,
    hosts,
    origins: values.origin,
    json: values.json,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        org: { type: 'string' },
        port: { type: 'string', default: '7447' },
        host: { type: 'string', default: '127.0.0.1' },
        db: { type: 'string', default: 'relay.db' },
        url: { type: 'string', multiple: true, default: [] },
        behind: { type: 'string', multiple: true, default: [] },
        origin: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : String(error)} See lifeboat relay --help.`);
  }
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
