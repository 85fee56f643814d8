import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Log, openLog } from '../../../src/log/log.ts';
import { createMemoryStore } from '../../../src/log/store/memory-store.ts';
import { chainName, KIND, type SignedEvent } from '../../../src/model/event.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { type RelayOptions, type RunningRelay, startRelay } from '../../../src/node/relay/server.ts';
import type { Platform } from '../../../src/platform.ts';
import { keyNumber, ORG, ROOT, rosterFor, event as signed } from '../signing.ts';
import { startUpgradeBreaker } from './upgrade-breaker.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };
const [ADMIN, WATCHER] = [keyNumber(1), keyNumber(2)];
const ROSTER = rosterFor([
  { key: ADMIN, roles: ['admin', 'commander'] },
  { key: WATCHER, roles: ['watcher'], vantage: 'here' },
]);
const ROOM = chainName.room('5'.repeat(32));
const open = (text: string) => signed({ content: `{"type":"incident.update","v":"${text}"}` }, ADMIN);
const sealed = (text: string) => signed({ kind: KIND.sealed, d: ROOM, content: text }, ADMIN);
const pulse = (text: string, created_at: number) =>
  signed({ kind: KIND.pulse, d: chainName.pulse(ORG, 'here'), content: text, created_at }, WATCHER);

async function startFilled(options: Partial<RelayOptions> = {}): Promise<RunningRelay> {
  const relay = await startRelay({ port: 0, host: '127.0.0.1', db: ':memory:', root: ROOT, ...options });
  onTestFinished(() => relay.close());
  return relay;
}

async function openDevice(relay: string, key: Uint8Array | null, platform: Platform = nodePlatform): Promise<Log> {
  const log = await openLog({ root: ROOT, relays: [relay], store: createMemoryStore(), platform });
  onTestFinished(() => log.close());
  if (key !== null) log.unlock(key);
  return log;
}

const ids = (events: readonly SignedEvent[]) => events.map(({ id }) => id).sort();
const holds = (log: Log, events: readonly SignedEvent[]) =>
  vi.waitFor(() => expect(ids(log.events())).toEqual(ids(events)), PATIENCE);
const isSynced = (log: Log) => vi.waitFor(() => expect(log.links()[0]?.synced).toBe(true), PATIENCE);

describe('a network that breaks WebSockets', () => {
  test('is crossed over HTTP: both kinds both ways, with receipts', async () => {
    const relay = await startFilled();
    const proxy = await startUpgradeBreaker(relay.url, 'refuse');
    const [outside, inside] = [await openDevice(relay.url, ADMIN), await openDevice(proxy.url, ADMIN)];
    const theirs = [ROSTER, open('before'), sealed('before'), pulse('old', 1_795_000_000)];
    await outside.add(theirs);
    await holds(inside, theirs);
    await isSynced(inside);
    expect(inside.links()[0]).toMatchObject({ state: 'open', reason: null, rejected: 0 });
    expect(inside.receipts(ROSTER.id)).toEqual([proxy.url]);

    const mine = [open('mine'), sealed('mine')];
    await inside.add(mine);
    await holds(outside, [...theirs, ...mine]);
    await vi.waitFor(
      () => expect(mine.map(({ id }) => inside.receipts(id))).toEqual([[proxy.url], [proxy.url]]),
      PATIENCE,
    );

    // Nothing is pushed here, so it is found within seconds.
    const later = [open('later'), sealed('later')];
    await outside.add(later);
    await holds(inside, [...theirs, ...mine, ...later]);
    expect(proxy.seen.requests).toContain('POST /neg');
  });

  test('is crossed also where it swallows the handshake without a word', async () => {
    const relay = await startFilled();
    const proxy = await startUpgradeBreaker(relay.url, 'swallow');
    const many = [ROSTER, ...Array.from({ length: 90 }, (_, n) => (n % 2 ? open(`${n}`) : sealed(`${n}`)))];
    await (await openDevice(relay.url, ADMIN)).add(many);
    // Ten times as fast, so that the two handshakes of five seconds each take one.
    const start = Date.now();
    const fast: Platform = {
      ...nodePlatform,
      now: () => start + (Date.now() - start) * 10,
      after: (ms, task) => nodePlatform.after(ms / 10, task),
    };
    await holds(await openDevice(proxy.url, ADMIN, fast), many);
  });

  test('shows sealed kinds to a reader whose clock is an hour wrong, and to no watcher', async () => {
    const relay = await startFilled();
    const proxy = await startUpgradeBreaker(relay.url, 'refuse');
    const all = [ROSTER, open('1'), sealed('1')];
    await (await openDevice(relay.url, ADMIN)).add(all);
    const late: Platform = { ...nodePlatform, now: () => Date.now() - 3_600_000 };
    await holds(await openDevice(proxy.url, ADMIN, late), all);
    const watcher = await openDevice(proxy.url, WATCHER);
    await holds(watcher, all.slice(0, 2));
    await isSynced(watcher);
    // What it may not read, it may still write.
    const alert = signed({ kind: KIND.sealed, d: ROOM, content: 'alert' }, WATCHER);
    await watcher.add([alert]);
    await vi.waitFor(() => expect(watcher.receipts(alert.id)).toEqual([proxy.url]), PATIENCE);
  });

  test('is left for a WebSocket as soon as one opens again', async () => {
    const relay = await startFilled();
    const proxy = await startUpgradeBreaker(relay.url, 'refuse');
    const soon: Platform = { ...nodePlatform, after: (ms, task) => nodePlatform.after(ms === 10_000 ? 500 : ms, task) };
    const log = await openDevice(proxy.url, ADMIN, soon);
    await log.add([ROSTER]);
    await isSynced(log);
    // Two lines each time; on a busy machine a further pair may have been refused meanwhile.
    const refused = proxy.seen.handshakes;
    expect(refused).toBeGreaterThanOrEqual(2);
    proxy.upgrades = 'pass';
    await vi.waitFor(() => expect(proxy.seen.handshakes).toBeGreaterThanOrEqual(refused + 2), PATIENCE);
    await isSynced(log);
    const asked = proxy.seen.requests.length;
    await log.add([open('over the WebSocket')]);
    await vi.waitFor(() => expect(log.events().every(({ id }) => log.receipts(id).length === 1)).toBe(true), PATIENCE);
    expect(proxy.seen.requests).toHaveLength(asked);
  });

  test('is not mistaken for a relay when a captive portal answers everything', async () => {
    const relay = await startFilled({ root: '0'.repeat(63).concat('1') });
    const proxy = await startUpgradeBreaker(relay.url, 'refuse');
    const log = await openDevice(proxy.url, ADMIN);
    await vi.waitFor(() => expect(log.links()[0]?.reason).toContain('not as a relay of this organisation'), PATIENCE);
    expect(log.links()[0]?.synced).toBe(false);
    expect(proxy.seen.requests.filter((line) => line.startsWith('POST'))).toEqual([]);
  });
});
