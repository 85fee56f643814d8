import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openLog } from '../../../src/log/log.ts';
import { createMemoryStore } from '../../../src/log/store/memory-store.ts';
import type { SignedEvent } from '../../../src/model/event.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { firstRoster, responder, root, sealed, TIME, update } from './organisation.ts';
import { freshDatabase, spawnRelayChild } from './relay-child.ts';
import { client } from './running.ts';

/** More than SQLite keeps in memory (2 MB), so that what is on the disk is what is read. */
const events: readonly SignedEvent[] = [
  firstRoster,
  ...Array.from({ length: 60 }, (_, n) => update(responder, `${n} ${'x'.repeat(50_000)}`, { created_at: TIME + n })),
  ...Array.from({ length: 20 }, (_, n) => sealed(responder, { created_at: TIME + n })),
];
const texts = new Set(events.map((event) => JSON.stringify(event)));

async function device(relay: string) {
  const log = await openLog({ root: root.pk, relays: [relay], store: createMemoryStore(), platform: nodePlatform });
  onTestFinished(() => log.close());
  log.unlock(responder.secret);
  return log;
}

const health = async (url: string) =>
  (await (await fetch(`${url.replace('ws', 'http')}/healthz`)).json()) as { events: number; quarantined: number };

/** Turns a byte in the middle of every `step`-th page. */
function turnBytes(path: string, step: number): void {
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  for (let at = 40 * 4096 + 2_000; at < fstatSync(file).size; at += step * 4096) {
    readSync(file, byte, 0, 1, at);
    byte[0] = (byte[0] ?? 0) ^ 0xff;
    writeSync(file, byte, 0, 1, at);
  }
  closeSync(file);
}

describe('a relay with damage', () => {
  test('found while it runs puts it aside, serves the rest, and is filled again by the next device', async () => {
    const db = freshDatabase();
    const relay = await spawnRelayChild(db);
    const url = relay.url ?? '';
    const log = await device(url);
    await log.add(events);
    await expect.poll(async () => (await health(url)).events, { timeout: 30_000 }).toBe(events.length);
    // Another hand changes two rows, and the disk turns bytes under the relay.
    const other = new DatabaseSync(db);
    other.exec("UPDATE event SET json = replace(json, 'AnEncryptedThing', 'AnotherThing') WHERE row % 40 = 0");
    other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    other.close();
    turnBytes(db, 60);
    const reader = await client(url);
    const seen: SignedEvent[] = [];
    for (let until = TIME + 60; until >= TIME; until -= 10) {
      const page = await reader.fetch({ kinds: [3914], since: until - 9, until });
      if (typeof page === 'string') throw new Error(page);
      seen.push(...page);
    }
    for (const event of seen) expect(texts.has(JSON.stringify(event))).toBe(true);
    expect(seen.length).toBeGreaterThan(30);
    expect(relay.said()).toMatch(/in .*relay\.db went into quarantine \(|was opened again/);
    expect((await health(url)).events).toBeLessThan(events.length);
    // The device that wrote it all compares again, as it does every minute.
    log.wake();
    await expect.poll(async () => (await health(url)).events, { timeout: 30_000 }).toBe(events.length);
    relay.signal('SIGTERM');
    expect(await relay.ended).toBe(0);

    // And at its start: what broke while it was down is named once, and comes back the same way.
    turnBytes(db, 50);
    const again = await spawnRelayChild(db);
    expect(again.said()).toMatch(/quarantine|put aside/);
    expect((await health(again.url ?? '')).events).toBeLessThan(events.length);
    const fresh = await device(again.url ?? '');
    await fresh.add(events);
    await expect.poll(async () => (await health(again.url ?? '')).events, { timeout: 30_000 }).toBe(events.length);
  }, 120_000);
});
