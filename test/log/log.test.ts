import 'fake-indexeddb/auto';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openLog } from '../../src/log/log.ts';
import { openIdbStore } from '../../src/log/store/idb-store.ts';
import { chainName, KIND, type SignedEvent } from '../../src/model/event.ts';
import { nodePlatform } from '../../src/node/platform.ts';
import { startRelay } from '../../src/node/relay/server.ts';
import { DEVICE, leastReceipts, makeFolder, openDevice, ROOM, ROSTER } from './log-devices.ts';
import { makeRelay } from './relay-process.ts';
import { event, keyNumber, ROOT, rosterFor } from './signing.ts';

const component = { component: 'api', status: 'operational' };
const PATIENCE = { timeout: 20_000, interval: 50 };

async function relay(): Promise<string> {
  const running = await startRelay({ port: 0, host: '127.0.0.1', db: join(makeFolder(), 'relay.db'), root: ROOT });
  onTestFinished(() => running.close());
  return running.url;
}

describe('a device and its relays', () => {
  test('tells what it writes to every relay, and another device reads it live', async () => {
    const relays = [await relay(), await relay()];
    const [writer, reader] = [await openDevice(relays), await openDevice(relays, null)];
    await writer.add([ROSTER]);
    expect(await reader.whenSynced(5_000)).toBe(true);
    const said = await writer.writePublic('component.set', component);
    await vi.waitFor(() => expect(writer.receipts(said.id)).toEqual([...relays].sort()), PATIENCE);
    await vi.waitFor(() => expect(reader.events()).toContainEqual(said), PATIENCE);
    expect(reader.roster().keys.size).toBe(1);
  });

  test('chains what it writes and names the heads that it has seen', async () => {
    const log = await openDevice([]);
    await log.add([ROSTER]);
    const first = await log.writePublic('component.set', component);
    const second = await log.writePublic('component.set', component);
    expect(second.tags).toContainEqual(['e', first.id, '', 'prev']);
    expect(JSON.parse(second.content)).toMatchObject({ v: 1, type: 'component.set', parents: [first.id] });
  });

  test('refuses to write while it is locked', async () => {
    const log = await openDevice([], null);
    await expect(log.writePublic('component.set', component)).rejects.toThrow('unlock it before writing');
  });

  test('gives each announcement a later time than the one before, and keeps only the last', async () => {
    const url = await relay();
    const log = await openDevice([url]);
    await log.add([ROSTER]);
    const announce = (content: string) => log.announce({ kind: KIND.pulse, d: 'lb1:pulse', content });
    const [older, newer] = [await announce('1'), await announce('2')];
    expect(newer.created_at).toBeGreaterThan(older.created_at);
    expect(log.events().filter(({ kind }) => kind === KIND.pulse)).toEqual([newer]);
  });

  test('brings announcements that were made offline to the relay, and to who asks for them later', async () => {
    const folder = makeFolder();
    const late = await makeRelay(() => join(folder, 'late.db'));
    const watcher = keyNumber(3);
    const roster = rosterFor([{ key: watcher, roles: ['watcher'], vantage: 'here' }]);
    const log = await openDevice([late.url], watcher);
    await log.add([roster]);
    const pulse = await log.announce({ kind: KIND.pulse, d: chainName.pulse(log.org, 'here'), content: '{}' });
    await late.start();
    const reader = await openDevice([late.url], null);
    await vi.waitFor(() => expect(reader.events()).toContainEqual(pulse), PATIENCE);
  });

  test('reads sealed kinds only while it is unlocked', async () => {
    const url = await relay();
    const writer = await openDevice([url]);
    await writer.add([ROSTER]);
    const sealed = await writer.append({ kind: KIND.sealed, d: ROOM, content: 'sealed' });
    await vi.waitFor(() => expect(writer.receipts(sealed.id)).toEqual([url]), PATIENCE);
    const reader = await openDevice([url], null);
    expect(await reader.whenSynced(5_000)).toBe(true);
    expect(reader.events().map(({ kind }) => kind)).toEqual([KIND.roster]);
    reader.unlock(DEVICE);
    await vi.waitFor(() => expect(reader.events()).toContainEqual(sealed), PATIENCE);
    const live = await writer.append({ kind: KIND.sealed, d: ROOM, content: 'live' });
    await vi.waitFor(() => expect(reader.events()).toContainEqual(live), PATIENCE);
  });

  test('a watcher that may not read sealed kinds still gets its own to a relay that was down', async () => {
    const folder = makeFolder();
    const late = await makeRelay(() => join(folder, 'late.db'));
    const watcher = keyNumber(3);
    const log = await openDevice([late.url], watcher);
    await log.add([rosterFor([{ key: watcher, roles: ['watcher'], vantage: 'here' }])]);
    const alert = await log.append({ kind: KIND.sealed, d: ROOM, content: 'alert' });
    await late.start();
    await vi.waitFor(() => expect(log.receipts(alert.id)).toEqual([late.url]), PATIENCE);
  });

  test('goes on in its own chain after its copy was lost, once a relay has told it where it was', async () => {
    const url = await relay();
    const before = await openDevice([url]);
    await before.add([ROSTER]);
    const last = await before.writePublic('component.set', component);
    await vi.waitFor(() => expect(before.receipts(last.id)).toEqual([url]), PATIENCE);
    await before.close();
    const after = await openDevice([url]);
    const next = await after.writePublic('component.set', component);
    expect(next.tags).toContainEqual(['e', last.id, '', 'prev']);
  });

  test('takes in nothing that does not verify or belongs to another organisation', async () => {
    const log = await openDevice([]);
    const honest = event({ content: '{}' }, DEVICE);
    const foreign = event({ tags: [['o', 'f'.repeat(32)]] }, DEVICE);
    const { added, invalid } = await log.add([{ ...honest, content: '{"x":1}' }, 'no event', { ...foreign, tags: [] }]);
    expect(added).toEqual([]);
    expect(invalid).toHaveLength(3);
    expect(await log.add([honest])).toMatchObject({ added: [honest], invalid: [] });
  });
});

describe('two tabs of one browser', () => {
  test('show each other’s events and receipts with every relay down', async () => {
    const tab = async () => {
      const store = openIdbStore({ factory: indexedDB, after: nodePlatform.after }, 'two-tabs', {
        read: () => 0,
        write: () => {},
      });
      const log = await openLog({ root: ROOT, relays: [], store, platform: nodePlatform });
      onTestFinished(() => log.close());
      log.unlock(DEVICE);
      return log;
    };
    const [left, right] = [await tab(), await tab()];
    await left.add([ROSTER]);
    const said = await left.writePublic('component.set', component);
    await vi.waitFor(() => expect(right.events()).toContainEqual(said), PATIENCE);
    expect(right.roster().keys.size).toBe(1);
    const answer = await right.writePublic('component.set', component);
    expect(answer.tags).toContainEqual(['e', said.id, '', 'prev']);
  });
});

describe('relays that fail', () => {
  test('refills a relay that was killed and comes back empty, and the receipts rise to two of two', async () => {
    const folder = makeFolder();
    let life = 1;
    const mortal = await makeRelay(() => join(folder, `mortal-${life}.db`));
    const steady = await makeRelay(() => join(folder, 'steady.db'));
    await Promise.all([mortal.start(), steady.start()]);
    const relays = [mortal.url, steady.url];
    const log = await openDevice(relays);
    await log.add([ROSTER]);
    await log.writePublic('component.set', component);
    await vi.waitFor(() => expect(leastReceipts(log)).toBe(2), PATIENCE);

    await mortal.kill();
    const written: SignedEvent[] = [];
    for (let n = 0; n < 200; n++) written.push(await log.writePublic('component.set', component));
    await vi.waitFor(() => expect(log.receipts(written.at(-1)?.id ?? '')).toEqual([steady.url]), PATIENCE);

    life = 2;
    await mortal.start();
    await vi.waitFor(() => expect(leastReceipts(log)).toBe(2), PATIENCE);
    const fresh = await openDevice([mortal.url], null);
    await vi.waitFor(() => expect(fresh.events()).toHaveLength(202), PATIENCE);
    expect(await log.whenSynced(5_000)).toBe(true);
  });

  test('writes while no relay was ever there, and delivers when the first one comes', async () => {
    const folder = makeFolder();
    const late = await makeRelay(() => join(folder, 'late.db'));
    const log = await openDevice([late.url]);
    await log.add([ROSTER]);
    const said = await log.writePublic('component.set', component);
    await vi.waitFor(() => expect(log.links()[0]).toMatchObject({ state: 'waiting', synced: false }), PATIENCE);
    expect(log.receipts(said.id)).toEqual([]);
    await late.start();
    await vi.waitFor(() => expect(log.receipts(said.id)).toEqual([late.url]), PATIENCE);
  });

  test('notices a frozen relay, says so, and catches up when it thaws', async () => {
    const folder = makeFolder();
    const frozen = await makeRelay(() => join(folder, 'frozen.db'));
    await frozen.start();
    const log = await openDevice([frozen.url]);
    await log.add([ROSTER]);
    expect(await log.whenSynced(5_000)).toBe(true);
    frozen.signal('SIGSTOP');
    const said = await log.writePublic('component.set', component);
    log.wake();
    await vi.waitFor(() => expect(log.links()[0]).toMatchObject({ reason: 'stopped answering' }), PATIENCE);
    expect(log.receipts(said.id)).toEqual([]);
    frozen.signal('SIGCONT');
    log.wake();
    await vi.waitFor(() => expect(log.receipts(said.id)).toEqual([frozen.url]), PATIENCE);
  });
});
