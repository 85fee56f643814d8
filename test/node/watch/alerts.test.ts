import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeDevice } from '../../../src/log/people/roster-writer.ts';
import { createBlindWriter } from '../../../src/log/rooms/blind-writer.ts';
import { openRooms } from '../../../src/log/rooms/room.ts';
import { alertOf } from '../../../src/model/alert.ts';
import { KIND } from '../../../src/model/event.ts';
import { createOrganisation } from '../../../src/node/organisation/create.ts';
import { type OpenedLog, type OpenedMember, openKeyLog, openMember } from '../../../src/node/organisation/open.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { startRelay } from '../../../src/node/relay/server.ts';
import { startWatcher } from '../../../src/node/watch/watcher.ts';
import { siteWith, tcp } from './site.ts';
import { killStubs, startStub } from './stub.ts';

const ends: (() => Promise<unknown>)[] = [];
let admin: OpenedMember;
let watching: OpenedLog;

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'lifeboat-alerts-'));
  ends.push(() => rm(dir, { recursive: true }));
  const { organisation } = await createOrganisation(dir, 'Demo');
  const relay = await startRelay({ port: 0, host: '127.0.0.1', db: join(dir, 'relay.db'), root: organisation.root });
  ends.push(relay.close);
  admin = await openMember(dir, [relay.url]);
  ends.push(admin.log.close);
  expect(await admin.log.whenSynced(5000)).toBe(true);
  watching = await openKeyLog(dir, 'watcher', [relay.url]);
  ends.push(watching.log.close);
  expect(await watching.log.whenSynced(5000)).toBe(true);
});
afterAll(async () => {
  await killStubs();
  for (const end of ends.reverse()) await end();
});

const alerts = () =>
  (admin.rooms.main('room')?.messages ?? []).flatMap((message) => {
    const alert = alertOf(message);
    return alert === undefined ? [] : [[alert.name, alert.status, message.counts]];
  });
const sealedHeldByWatcher = () => watching.log.events().filter(({ kind }) => kind === KIND.sealed).length;

test('a member reads when something gets worse and when it recovers; the watcher that sealed it can read nothing', async () => {
  const stub = await startStub('tcp');
  const { log, secret } = watching;
  const problems: string[] = [];
  const watcher = startWatcher({
    site: siteWith(tcp(stub.port)),
    log,
    seal: createBlindWriter(log, secret),
    platform: nodePlatform,
    vantage: 'first',
    onProblem: (sentence) => problems.push(sentence),
  });
  ends.push(watcher.close);
  const seen = () => log.events().filter(({ kind }) => kind === KIND.public).length;
  await expect.poll(seen).toBe(1);
  await stub.kill();
  await expect.poll(alerts, { timeout: 4000 }).toEqual([['Ledger', 'major_outage', true]]);
  await startStub('tcp', stub.port);
  await expect.poll(alerts, { timeout: 4000 }).toEqual([
    ['Ledger', 'major_outage', true],
    ['Ledger', 'operational', true],
  ]);
  await watcher.close();
  expect(problems).toEqual([]);

  await admin.rooms.say(admin.rooms.main('room')?.id ?? '', 'note', { text: 'Only for us.' });
  await log.whenSynced(5000);
  expect(sealedHeldByWatcher()).toBe(2);
  await log.add(admin.log.events());
  expect(sealedHeldByWatcher()).toBe(3);
  expect(openRooms(log, secret).list()).toEqual([]);
}, 20_000);

test('what a removed watcher seals afterwards does not count', async () => {
  const { log, secret } = watching;
  const seal = createBlindWriter(log, secret);
  const before = alerts();
  await removeDevice(admin.log, admin.rooms, log.pubkey ?? '');
  const late = await seal('alert', { subject: 'component:ledger', name: 'Ledger', status: 'partial_outage', text: '' });
  await admin.log.add([late]);
  expect(alerts()).toEqual([...before, ['Ledger', 'partial_outage', false]]);
});
