import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openLog } from '../../../src/log/log.ts';
import { purgeEvents } from '../../../src/log/people/purging.ts';
import { removeDevice, writeRoster } from '../../../src/log/people/roster-writer.ts';
import { createMemoryStore } from '../../../src/log/store/memory-store.ts';
import type { LogStore } from '../../../src/log/store/store.ts';
import { chainName, type SignedEvent } from '../../../src/model/event.ts';
import { isStub } from '../../../src/model/purge.ts';
import { counts } from '../../../src/model/roster.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { startRelay } from '../../../src/node/relay/server.ts';
import { openSqliteStore } from '../../../src/node/store/sqlite-store.ts';
import { type Device, exchange, grantOf, openDevice, ROOT, rootSays } from '../devices.ts';
import { makeFolder } from '../log-devices.ts';

const CARD = '4111-1111-1111-1111';

async function company(...names: string[]) {
  const devices = await Promise.all(['ana', 'ben', 'cleo', ...names].map((name) => openDevice(name)));
  const [ana, ben, cleo] = devices as [Device, Device, Device];
  const grants = [grantOf(ana, 'admin', 'commander'), grantOf(ben, 'admin'), grantOf(cleo, 'commander')];
  await ana.log.add([rootSays({ grants })]);
  await exchange(...devices);
  return { ana, ben, cleo, all: devices };
}

const note = (device: Device, text: string) => device.log.writePublic('incident.update', { text });
const find = (device: Device, id: string) => device.log.events().find((event) => event.id === id);
const settled = (device: Device, id: string) =>
  vi.waitFor(() => expect(find(device, id)).toMatchObject({ content: '', sig: '' }));

describe('a purge', () => {
  test('waits for a second member, then leaves a stub everywhere, whoever hears of what first', async () => {
    const { ana, ben, cleo } = await company();
    const leak = await note(cleo, CARD);
    await exchange(ana, ben, cleo);
    await purgeEvents(ana.log, [leak.id]);
    await exchange(ana, ben, cleo);
    expect(find(ben, leak.id)).toEqual(leak);
    await purgeEvents(ben.log, [leak.id]);
    await exchange(ana, ben, cleo);
    for (const device of [ana, ben, cleo]) {
      await settled(device, leak.id);
      expect(find(device, leak.id)).toEqual({ ...leak, content: '', sig: '' });
      expect(JSON.stringify(device.log.events())).not.toContain(CARD);
    }
  });

  test('reaches an event that comes only after it, and a device that never held it', async () => {
    const { ana, ben, cleo } = await company();
    const leak = await note(cleo, CARD);
    await exchange(ana, ben, cleo);
    await Promise.all([purgeEvents(ana.log, [leak.id]), purgeEvents(ben.log, [leak.id])]);
    await exchange(ana, ben);
    await settled(ana, leak.id);
    const dora = await openDevice('dora');
    await dora.log.add(ana.log.events().filter((event) => !isStub(event)));
    await settled(dora, leak.id);
    // The roster itself says what the stub is, so that every copy exports the same.
    expect(find(dora, leak.id)).toEqual(find(ana, leak.id));
    await dora.log.add([leak]);
    expect(find(dora, leak.id)?.content).toBe('');
  });

  test("lets a cut be walked through the stub, so a removed colleague's older words still count", async () => {
    const { ana, ben, cleo } = await company();
    const [before, leak, after] = [await note(cleo, 'before'), await note(cleo, CARD), await note(cleo, 'after')];
    await exchange(ana, ben, cleo);
    await removeDevice(ana.log, ana.rooms, cleo.pk);
    await Promise.all([purgeEvents(ana.log, [leak.id]), purgeEvents(ben.log, [leak.id])]);
    await exchange(ana, ben);
    await settled(ana, leak.id);
    const dora = await openDevice('dora');
    await dora.log.add(ana.log.events().filter((event) => !isStub(event)));
    await settled(dora, leak.id);
    for (const device of [ana, dora]) {
      const roster = device.log.roster();
      expect([before, after].map((event) => counts(roster, event, 'incident.update'))).toEqual([true, true]);
    }
  });

  test('never takes one admin at his word for where a chain goes on, nor drops a statement or a key', async () => {
    const { ana, ben, cleo } = await company();
    const leak = await note(cleo, CARD);
    const statement = ana.log.events()[0] as SignedEvent;
    await exchange(ana, ben, cleo);
    await expect(purgeEvents(ana.log, [statement.id])).rejects.toThrow('cannot be purged');
    await expect(purgeEvents(ana.log, ['0'.repeat(64)])).rejects.toThrow('synchronise');
    const { id, pubkey, kind, created_at } = leak;
    const lie = { id, pubkey, kind, created_at, tags: [['d', chainName.status(ana.log.org)]] };
    await writeRoster(ana.log, { purges: [id, statement.id], stubs: [lie] });
    await writeRoster(ben.log, { purges: [id, statement.id] });
    await exchange(ana, ben, cleo);
    await settled(cleo, id);
    expect(find(cleo, id)?.tags).toEqual(leak.tags);
    expect(cleo.log.roster().stubs).toEqual([]);
    expect(find(cleo, statement.id)).toEqual(statement);
  });
});

describe('a purge whose votes no longer count', () => {
  test('gives way to the event, wherever somebody has it whole: in memory, on disk and at a relay', async () => {
    const relay = await startRelay({ root: ROOT, db: ':memory:', port: 0, host: '127.0.0.1' });
    onTestFinished(() => relay.close());
    const { ana, ben, cleo } = await company();
    const leak = await note(cleo, CARD);
    const open = (store: LogStore) => openLog({ root: ROOT, relays: [relay.url], store, platform: nodePlatform });
    const path = join(makeFolder(), 'log.db');
    const log = await open(openSqliteStore(path));
    await exchange(ana, ben, cleo);
    const whole = cleo.log.events();
    await log.add(whole);
    await Promise.all([purgeEvents(ana.log, [leak.id]), purgeEvents(ben.log, [leak.id])]);
    await log.add([...ana.log.events(), ...ben.log.events()].filter((event) => !isStub(event)));
    await vi.waitFor(() => expect(log.events().find(({ id }) => id === leak.id)?.sig).toBe(''));
    expect(await log.whenSynced(5_000)).toBe(true);
    // The root begins anew and restates the people alone.
    const grants = [grantOf(ana, 'admin', 'commander'), grantOf(ben, 'admin'), grantOf(cleo, 'commander')];
    await log.add([rootSays({ grants }, 1)]);
    const held = () => log.events().find(({ id }) => id === leak.id);
    expect(isStub(held() ?? leak)).toBe(true);
    const late = await open(createMemoryStore());
    onTestFinished(() => late.close());
    await late.add(whole);
    expect(await late.whenSynced(5_000)).toBe(true);
    log.wake();
    await vi.waitFor(() => expect(held()).toEqual(leak), { timeout: 10_000 });
    expect(await log.damage()).toEqual([]);
    await log.close();
    const again = openSqliteStore(path);
    onTestFinished(() => again.close());
    expect(await again.get([leak.id])).toEqual([leak]);
  });
});

describe('the bytes', () => {
  test('are gone from the database of a device and from its write-ahead log', async () => {
    const { ana, ben, cleo } = await company();
    const leak = await note(cleo, CARD);
    const path = join(makeFolder(), 'log.db');
    const log = await openLog({ root: ROOT, relays: [], store: openSqliteStore(path), platform: nodePlatform });
    onTestFinished(() => log.close());
    await exchange(ana, ben, cleo);
    await log.add(cleo.log.events());
    const onDisk = () => [path, `${path}-wal`].some((file) => readFileSync(file).includes(CARD));
    expect(onDisk()).toBe(true);
    await Promise.all([purgeEvents(ana.log, [leak.id]), purgeEvents(ben.log, [leak.id])]);
    await log.add([...ana.log.events(), ...ben.log.events()]);
    await vi.waitFor(() => expect(onDisk()).toBe(false), { timeout: 10_000 });
    expect(await log.damage()).toEqual([]);
    await log.add([leak]);
    expect(onDisk()).toBe(false);
    expect(log.events().filter(({ id }) => id === leak.id)).toHaveLength(1);
  });

  test('are gone from a relay, which takes them from nobody again and says why', async () => {
    const path = join(makeFolder(), 'relay.db');
    const relay = await startRelay({ root: ROOT, db: path, port: 0, host: '127.0.0.1' });
    onTestFinished(() => relay.close());
    const { ana, ben, cleo } = await company();
    const open = (store: LogStore) => openLog({ root: ROOT, relays: [relay.url], store, platform: nodePlatform });
    const leak = await note(cleo, CARD);
    const log = await open(createMemoryStore());
    onTestFinished(() => log.close());
    await log.add(cleo.log.events());
    await log.whenSynced(5_000);
    const onDisk = () => [path, `${path}-wal`].some((file) => readFileSync(file).includes(CARD));
    expect(onDisk()).toBe(true);
    await exchange(ana, ben, cleo);
    await Promise.all([purgeEvents(ana.log, [leak.id]), purgeEvents(ben.log, [leak.id])]);
    await log.add([...ana.log.events(), ...ben.log.events()]);
    await vi.waitFor(() => expect(onDisk()).toBe(false), { timeout: 10_000 });
    // One that still has it offers it again and is refused; it then learns why, and all are in step.
    const stale = await open(createMemoryStore());
    onTestFinished(() => stale.close());
    await stale.add(cleo.log.events());
    expect(await stale.whenSynced(5_000)).toBe(true);
    expect(await log.whenSynced(5_000)).toBe(true);
    await vi.waitFor(() => expect(stale.events().find(({ id }) => id === leak.id)?.content).toBe(''));
    expect(onDisk()).toBe(false);
  });
});
