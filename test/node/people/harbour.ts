import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOrganisation } from '../../../src/node/organisation/create.ts';
import { type RunningRelay, startRelay } from '../../../src/node/relay/server.ts';

/** An organisation in a folder of its own, and a relay that can be stopped and started again. */
export interface Harbour {
  readonly folder: string;
  /** The folder of the first admin. */
  readonly dir: string;
  readonly root: string;
  /** The relay's address, the same over all its lives. */
  readonly relay: string;
  start(): Promise<void>;
  /** Stops the relay; `emptied` loses its database too. */
  stop(emptied?: boolean): Promise<void>;
  /** A path in the folder. */
  path(name: string): string;
  close(): Promise<void>;
}

let relays = 0;

export async function openHarbour(): Promise<Harbour> {
  const folder = mkdtempSync(join(tmpdir(), 'lifeboat-people-'));
  const dir = join(folder, 'ops');
  const { mkdir } = await import('node:fs/promises');
  await mkdir(dir);
  const { organisation } = await createOrganisation(dir, 'Tidewater');
  const port = await freePort();
  let db = '';
  let running: RunningRelay | undefined;
  const stop = async (emptied = false) => {
    await running?.close();
    running = undefined;
    if (emptied) db = '';
  };
  return {
    folder,
    dir,
    root: organisation.root,
    relay: `ws://127.0.0.1:${port}`,
    start: async () => {
      if (db === '') db = join(folder, `relay-${relays++}.db`);
      running = await startRelay({ port, host: '127.0.0.1', db, root: organisation.root });
    },
    stop,
    path: (name) => join(folder, name),
    close: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
