import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOrganisation } from '../../../src/node/organisation/create.ts';
import { openKeyLog } from '../../../src/node/organisation/open.ts';
import { startRelay } from '../../../src/node/relay/server.ts';
import { openSqliteStore } from '../../../src/node/store/sqlite-store.ts';
import { watchCommand } from '../../../src/node/watch/command.ts';

const CLI = fileURLToPath(new URL('../../../src/node/cli.ts', import.meta.url));
const SITE = `name: Demo
components:
  - id: relay
    name: Relay
    probes: [{ http: '{relay1}/healthz', every: 1s }]
`;
let dir = '';
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lifeboat-watch-'));
  await writeFile(join(dir, 'site.yaml'), SITE);
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await rm(dir, { recursive: true });
});

async function organisationWithRelay(): Promise<string> {
  const { organisation } = await createOrganisation(dir, 'Demo');
  const relay = await startRelay({ port: 0, host: '127.0.0.1', db: join(dir, 'relay.db'), root: organisation.root });
  ends.push(relay.close);
  const { log } = await openKeyLog(dir, 'device', [relay.url]);
  expect(await log.whenSynced(5000)).toBe(true);
  await log.close();
  return relay.url;
}

function start(...options: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [CLI, 'watch', '--dir', dir, ...options], {
    env: { ...process.env, LIFEBOAT_CONTENT: dir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  ends.push(
    async () => child.exitCode === null && child.signalCode === null && child.kill('SIGKILL') && once(child, 'exit'),
  );
  return child;
}

describe('lifeboat watch', () => {
  test('tells what it sees, line by line, until it is asked to stop', async () => {
    const child = start('--relay', await organisationWithRelay(), '--json');
    if (!child.stdout) throw new Error('The watcher has no output.');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    expect(JSON.parse(line)).toMatchObject({
      subject: 'component:relay',
      from: 'unknown',
      status: 'operational',
      vantage: 'first',
    });
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
  }, 20_000);

  test('says that site.yaml has changed, and goes on', async () => {
    const child = start('--relay', await organisationWithRelay());
    if (!child.stdout || !child.stderr) throw new Error('The watcher has no output.');
    await once(createInterface(child.stdout), 'line');
    await writeFile(join(dir, 'site.yaml'), SITE.replace('name: Demo', 'name: Harbour'));
    const [line] = (await once(createInterface(child.stderr), 'line')) as [string];
    expect(line).toMatch(
      /site\.yaml has changed, and this command goes on with what it read before: start it again\.$/,
    );
    expect(child.exitCode).toBeNull();
  }, 20_000);

  test('refuses a vantage that the roster does not know', async () => {
    const child = start('--relay', await organisationWithRelay(), '--vantage', 'moon');
    const [[text], [code]] = (await Promise.all([child.stderr && once(child.stderr, 'data'), once(child, 'exit')])) as [
      [Buffer],
      [number],
    ];
    expect(text.toString()).toContain('The roster knows this key as the watcher "first", not "moon".');
    expect(code).toBe(2);
  }, 20_000);

  test('says what is missing', async () => {
    await expect(watchCommand(['--dir', dir])).rejects.toThrow('There is no organisation in');
  });

  test('says that no relay can be reached, and goes on', async () => {
    await organisationWithRelay();
    const { log } = await openKeyLog(dir, 'device', 'offline');
    const store = openSqliteStore(join(dir, 'watcher.db'));
    await store.put(log.events());
    await store.close();
    await log.close();
    const child = start('--relay', 'ws://127.0.0.1:1', '--json');
    if (!child.stdout || !child.stderr) throw new Error('The watcher has no output.');
    const first = (stream: Readable) => once(createInterface(stream), 'line').then(([line]) => String(line));
    const [told, seen] = await Promise.all([first(child.stderr), first(child.stdout)]);
    expect(told).toBe(
      'No relay could be reached (ws://127.0.0.1:1): what is seen is kept on this machine until one answers.',
    );
    expect(JSON.parse(seen)).toMatchObject({ subject: 'component:relay' });
  }, 30_000);

  test('refuses what is no address of a relay', async () => {
    await expect(watchCommand(['--dir', dir, '--relay', 'http://x'])).rejects.toThrow(/There is no organisation/);
    await createOrganisation(dir, 'Demo');
    await expect(watchCommand(['--dir', dir, '--relay', 'http://x'])).rejects.toThrow(
      '"http://x" is no address of a relay: it begins with ws:// or wss://.',
    );
  });
});
