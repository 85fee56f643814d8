import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Carrier, Publisher } from './carrier.ts';
import { type NatsClient, openNats } from './nats.ts';
import { freePort, startServer } from './process.ts';

const COMMAND = '/usr/sbin/nats-server';
const SUBJECT = 'lifeboat.bench';

/** JetStream with a file; acknowledges before it is on the disk, and syncs every two minutes. */
export const nats: Carrier = {
  name: 'nats-server',
  promise: 'JetStream file storage, fsync every two minutes',
  isInstalled: existsSync(COMMAND),
  start: (folder) => startNats(folder, []),
};

/** The same with an fsync for each message, which came in with 2.10. */
export const natsAlways: Carrier = {
  name: 'nats-server, sync_interval always',
  promise: 'JetStream file storage, fsync before each acknowledgement',
  isInstalled: nats.isInstalled && knowsSyncAlways(),
  start: (folder) => startNats(folder, ['sync_interval: always']),
};

function knowsSyncAlways(): boolean {
  const { stdout } = spawnSync(COMMAND, ['--version'], { encoding: 'utf8' });
  const [, major = 0, minor = 0] = /v?(\d+)\.(\d+)/.exec(stdout) ?? [];
  return Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 10);
}

async function startNats(folder: string, more: readonly string[]) {
  const port = await freePort();
  const settings = ['host: 127.0.0.1', `port: ${port}`, 'jetstream {', `store_dir: "${folder}"`, ...more, '}'];
  writeFileSync(join(folder, 'nats.conf'), settings.join('\n'));
  const server = await startServer(COMMAND, ['-c', join(folder, 'nats.conf')], port);
  const clients: NatsClient[] = [];
  const open = async (name: string) => {
    const client = await openNats(port, name);
    clients.push(client);
    return client;
  };
  const admin = await open('admin');
  await requestOrThrow(admin, '$JS.API.STREAM.CREATE.BENCH', {
    name: 'BENCH',
    subjects: [SUBJECT],
    storage: 'file',
    retention: 'limits',
    discard: 'old',
    num_replicas: 1,
  });
  return {
    publisher: async (n: number): Promise<Publisher> => {
      const client = await open(`writer${n}`);
      return {
        publish: ({ json }, accepted) =>
          client.request(SUBJECT, json, (answer) => {
            if (answer.includes('"error"')) throw new Error(`nats-server refused a message: ${answer}`);
            accepted();
          }),
      };
    },
    subscribe: async (n: number, hear: () => void) => (await open(`reader${n}`)).subscribe(SUBJECT, hear),
    server,
    stop: async () => {
      for (const client of clients) client.close();
      await server.kill();
    },
  };
}

function requestOrThrow(client: NatsClient, subject: string, value: object): Promise<void> {
  return new Promise((resolve, reject) => {
    client.request(subject, JSON.stringify(value), (answer) => {
      if (answer.includes('"error"')) reject(new Error(`nats-server refused ${subject}: ${answer}`));
      else resolve();
    });
  });
}
