import 'fake-indexeddb/auto';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { lockedTurn, type UploadTurn } from '../../../src/log/channel/upload-turn.ts';
import { type Log, openLog } from '../../../src/log/log.ts';
import { createIndex, respond } from '../../../src/log/negentropy/negentropy.ts';
import { openIdbStore } from '../../../src/log/store/idb-store.ts';
import type { LogStore } from '../../../src/log/store/store.ts';
import { chainPosition, type SignedEvent } from '../../../src/model/event.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { type StubFrame, startStub } from '../channel/stub-relay.ts';
import { DEVICE, ROSTER } from '../log-devices.ts';
import { ROOT } from '../signing.ts';

const PATIENCE = { timeout: 15_000, interval: 25 };
const PLACE = { factory: indexedDB, after: nodePlatform.after };
const component = { component: 'api', status: 'operational' };
const turn = (isMine: boolean): UploadTurn => ({ isMine: () => isMine, end: () => {} });
let copies = 0;

function freshCopy() {
  const name = `tabs-${++copies}`;
  return () => openIdbStore(PLACE, name, { read: () => 0, write: () => {} });
}

async function openTab(store: LogStore, relays: readonly string[], uploadTurn?: UploadTurn): Promise<Log> {
  const more = uploadTurn === undefined ? {} : { uploadTurn };
  const log = await openLog({ root: ROOT, relays, store, platform: nodePlatform, ...more });
  onTestFinished(() => log.close());
  log.unlock(DEVICE);
  return log;
}

/** A relay that counts what it is sent; `answers`: whether it keeps that and says OK. */
async function countingRelay(answers: boolean) {
  const index = createIndex();
  const relay = await startStub(([type, name, filter, message]): readonly StubFrame[] => {
    if (type === 'REQ') return [['EOSE', name]];
    if (type === 'NEG-OPEN') return [['NEG-MSG', name, respond(index, String(message))]];
    if (type === 'NEG-MSG') return [['NEG-MSG', name, respond(index, String(filter))]];
    if (type !== 'EVENT' || !answers) return [];
    const { id, created_at } = name as SignedEvent;
    index.insert(created_at, id);
    return [['OK', id, true, '']];
  });
  const times = (id: string) =>
    relay.heard.filter(([type, event]) => type === 'EVENT' && (event as { id: string }).id === id).length;
  return { url: relay.url, times };
}

const isSynced = (log: Log) => vi.waitFor(() => expect(log.links()[0]?.synced).toBe(true), PATIENCE);

describe('two tabs over one copy', () => {
  test('never give one place of the chain to two events, and show the same', async () => {
    const open = freshCopy();
    const [left, right] = [await openTab(open(), []), await openTab(open(), [])];
    await left.add([ROSTER]);
    const writes = Array.from({ length: 12 }, (_, n) => (n % 2 ? left : right).writePublic('component.set', component));
    const places = (await Promise.all(writes)).map(chainPosition).sort((a = 0, b = 0) => a - b);
    expect(places).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    const ids = (log: Log) =>
      log
        .events()
        .map(({ id }) => id)
        .sort();
    await vi.waitFor(() => expect(ids(left)).toHaveLength(13), PATIENCE);
    await vi.waitFor(() => expect(ids(right)).toEqual(ids(left)), PATIENCE);
  });

  test('upload once what the tab wrote whose turn it is not', async () => {
    const relay = await countingRelay(true);
    const open = freshCopy();
    const uploader = await openTab(open(), [relay.url], turn(true));
    const other = await openTab(open(), [relay.url], turn(false));
    await Promise.all([isSynced(uploader), isSynced(other)]);
    const said = await other.writePublic('component.set', component);
    await vi.waitFor(() => expect(other.receipts(said.id)).toEqual([relay.url]), PATIENCE);
    // The other tab looks again after two seconds and finds the receipt.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(relay.times(said.id)).toBe(1);
  });

  test('leave the upload to the one whose turn it is, which needs no word from the writer', async () => {
    const relay = await countingRelay(true);
    const open = freshCopy();
    const uploader = await openTab(open(), [relay.url], turn(true));
    const cutOff = await openTab(open(), [], turn(false));
    await isSynced(uploader);
    const said = await cutOff.writePublic('component.set', component);
    await vi.waitFor(() => expect(cutOff.receipts(said.id)).toEqual([relay.url]), PATIENCE);
    expect(relay.times(said.id)).toBe(1);
  });

  test('wait for no tab that has the turn and does nothing', async () => {
    const relay = await countingRelay(true);
    const tab = await openTab(freshCopy()(), [relay.url], turn(false));
    await isSynced(tab);
    const said = await tab.writePublic('component.set', component);
    await vi.waitFor(() => expect(tab.receipts(said.id)).toEqual([relay.url]), PATIENCE);
  });

  test('hand the turn to the next tab when the first one is gone', async () => {
    const [first, second] = [lockedTurn('turn', navigator.locks), lockedTurn('turn', navigator.locks)];
    onTestFinished(second.end);
    await vi.waitFor(() => expect(first.isMine()).toBe(true));
    expect(second.isMine()).toBe(false);
    first.end();
    expect(first.isMine()).toBe(false);
    await vi.waitFor(() => expect(second.isMine()).toBe(true));
  });
});

describe('what no relay has confirmed', () => {
  test('has no receipt, outlives the window, and is sent again under the same id', async () => {
    const [mute, honest] = [await countingRelay(false), await countingRelay(true)];
    const open = freshCopy();
    const before = await openTab(open(), [mute.url]);
    await isSynced(before);
    const said = await before.writePublic('component.set', component);
    await vi.waitFor(() => expect(mute.times(said.id)).toBe(1), PATIENCE);
    expect(before.receipts(said.id)).toEqual([]);
    await before.close();

    const after = await openTab(open(), [honest.url]);
    expect(after.events()).toContainEqual(said);
    await vi.waitFor(() => expect(after.receipts(said.id)).toEqual([honest.url]), PATIENCE);
    expect(honest.times(said.id)).toBe(1);
  });
});
