import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openLog } from '../../../src/log/log.ts';
import { createBlindWriter } from '../../../src/log/rooms/blind-writer.ts';
import { createMemoryStore } from '../../../src/log/store/memory-store.ts';
import { KIND } from '../../../src/model/event.ts';
import { readPulse } from '../../../src/model/pulse-form.ts';
import type { Probe, Site } from '../../../src/model/site.ts';
import type { PublicState } from '../../../src/model/snapshot.ts';
import { fastVerify } from '../../../src/node/fast-verify.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { buildSite } from '../../../src/node/publish/build.ts';
import { openRounds } from '../../../src/node/publish/rounds.ts';
import { startRelay } from '../../../src/node/relay/server.ts';
import { startWatcher } from '../../../src/node/watch/watcher.ts';
import { largeSite } from '../../bench/large-site.ts';
import { type Device, firstRoster, publisher, root, watcher } from '../relay/organisation.ts';

/** Two parts hold them; one event cannot. */
const COMPONENTS = 539;
/** Nobody listens where these are asked. */
const DOWN = new Set(['berth-3', 'berth-300', 'berth-538']);

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const probe = (port: number): Probe => ({
  kind: 'tcp',
  host: '127.0.0.1',
  port,
  every_ms: 300_000,
  // However busy the machine is.
  deadline_ms: 120_000,
});

async function openPort(): Promise<number> {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function openDevice({ secret }: Device, relay: string) {
  const [store, verify] = [createMemoryStore(), await fastVerify()];
  const log = await openLog({ root: root.pk, relays: [relay], store, platform: nodePlatform, verify });
  ends.push(log.close);
  log.unlock(secret);
  await log.add([firstRoster]);
  expect(await log.whenSynced(5000)).toBe(true);
  return log;
}

test('539 components that a watcher probes are all on the page, by way of a relay', { timeout: 180_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-large-'));
  ends.push(() => rm(folder, { recursive: true }));
  const [up, down] = [await openPort(), await closedPort()];
  const components = largeSite.components.map((one) => ({ ...one, probes: [probe(DOWN.has(one.id) ? down : up)] }));
  const site: Site = { ...largeSite, components, quorum: 1 };
  expect(components).toHaveLength(COMPONENTS);
  const relay = await startRelay({ port: 0, host: '127.0.0.1', db: join(folder, 'relay.db'), root: root.pk });
  ends.push(relay.close);

  const publishing = await openDevice(publisher, relay.url);
  const log = await openDevice(watcher, relay.url);
  const seal = createBlindWriter(log, watcher.secret);
  // Nobody has made a room for alerts here.
  const onProblem = () => {};
  const watching = startWatcher({ site, log, seal, platform: nodePlatform, vantage: 'here', onProblem });
  ends.push(watching.close);

  const pulses = () => publishing.events().filter(({ kind }) => kind === KIND.pulse);
  const known = () =>
    pulses()
      .flatMap(({ content }) => readPulse(JSON.parse(content))?.observations ?? [])
      .filter(({ status }) => status !== 'unknown').length;
  await expect.poll(known, { timeout: 120_000, interval: 100 }).toBe(COMPONENTS);
  const out = join(folder, 'site');
  const rounds = await openRounds({ site, log: publishing, platform: nodePlatform, dist: await buildSite(), out });
  ends.push(rounds.close);
  const { snapshot } = await rounds.publish();
  expect(pulses()).toHaveLength(2);
  expect(snapshot.state.components.some(({ status }) => status === 'unknown')).toBe(false);
  const state = JSON.parse(await readFile(join(out, 'api/lifeboat/v1/state.json'), 'utf8')) as PublicState;
  expect(Object.fromEntries(state.components.map(({ id, status }) => [id, status]))).toEqual(
    Object.fromEntries(components.map(({ id }) => [id, DOWN.has(id) ? 'major_outage' : 'operational'])),
  );
  const evidence = JSON.parse(await readFile(join(out, 'api/lifeboat/v1/evidence.json'), 'utf8'));
  expect(evidence.pulses.map(({ id }: { id: string }) => id).sort()).toEqual(
    pulses()
      .map(({ id }) => id)
      .sort(),
  );
});
