import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SignedEvent } from '../../../src/model/event.ts';
import { firstRoster, responder, TIME, update } from './organisation.ts';
import { freshDatabase, hasStrace, spawnRelayChild } from './relay-child.ts';
import { client } from './running.ts';

const events = Array.from({ length: 12 }, (_, n) => update(responder, `number ${n}`, { created_at: TIME + n }));
const [MOUNT, UNMOUNT] = ['mount', 'umount'];
const SYNC = 'fsync,fdatasync';
const NO_STRACE = 'strace is not installed or not allowed here';

async function storedIn(db: string): Promise<readonly string[]> {
  const { url, signal, ended } = await spawnRelayChild(db);
  const stored = await (await client(url ?? '')).fetch({});
  signal('SIGKILL');
  await ended;
  return (stored as readonly SignedEvent[]).map(({ id }) => id);
}

/** How many fsyncs a relay makes until it is ready. */
async function startupSyncs(): Promise<number> {
  const db = freshDatabase();
  const { signal, ended } = await spawnRelayChild(db, ['-e', `trace=${SYNC}`]);
  const made = readFileSync(`${db}.trace`, 'utf8').match(/sync\(\d+\) += 0/g)?.length ?? 0;
  signal('SIGKILL');
  await ended;
  return made;
}

describe('a disk that fails', () => {
  test('at one fsync: the event is not acknowledged, the file is opened anew, and all goes on', async (context) => {
    if (!hasStrace()) return context.skip(NO_STRACE);
    const at = (await startupSyncs()) + 4;
    const db = freshDatabase();
    const inject = ['-e', `trace=${SYNC}`, '-e', `inject=${SYNC}:error=EIO:when=${at}`];
    const relay = await spawnRelayChild(db, inject);
    const one = await client(relay.url ?? '');
    const refused: SignedEvent[] = [];
    for (const event of [firstRoster, ...events]) {
      const [accepted, message] = await one.publish(event);
      if (accepted) continue;
      expect(message).toMatch(/^error: it could not be stored: disk I\/O error/);
      refused.push(event);
    }
    expect(readFileSync(`${db}.trace`, 'utf8')).toContain('(INJECTED)');
    expect(refused).toHaveLength(1);
    expect(relay.said()).toContain('the database was opened again and checked');
    // The same event again is either new or really there; both are an honest OK.
    for (const event of refused) expect((await one.publish(event))[0]).toBe(true);
    relay.signal('SIGKILL');
    await relay.ended;
    expect(new Set(await storedIn(db))).toEqual(new Set([firstRoster, ...events].map(({ id }) => id)));
  }, 60_000);

  test('at every fsync from one on: the relay says so in a sentence and ends with 1', async (context) => {
    if (!hasStrace()) return context.skip(NO_STRACE);
    const at = (await startupSyncs()) + 4;
    const db = freshDatabase();
    const inject = ['-e', `trace=${SYNC}`, '-e', `inject=${SYNC}:error=EIO:when=${at}+`];
    const relay = await spawnRelayChild(db, inject);
    const one = await client(relay.url ?? '');
    const acknowledged: string[] = [];
    for (const event of [firstRoster, ...events]) {
      if (!one.isOpen) break;
      one.say('EVENT', event);
      const verdict = await Promise.race([one.next('OK', event.id), relay.ended]);
      if (Array.isArray(verdict) && verdict[2] === true) acknowledged.push(event.id);
    }
    expect(await relay.ended).toBe(1);
    expect(relay.said()).toMatch(
      /lifeboat relay: The relay's database cannot be used any more \([^\n]*\); see to the disk/,
    );
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(await storedIn(db)).toEqual(expect.arrayContaining(acknowledged));
  }, 60_000);

  test('that is full: says so, goes on reading, and accepts again when there is room', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'lifeboat-full-'));
    onTestFinished(() => {
      spawnSync(UNMOUNT, ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    });
    if (spawnSync(MOUNT, ['-t', 'tmpfs', '-o', 'size=1500k', 'tmpfs', folder]).status !== 0)
      return context.skip('a small file system cannot be mounted here');
    const ballast = join(folder, 'ballast');
    writeFileSync(ballast, Buffer.alloc(900_000));
    const relay = await spawnRelayChild(freshDatabase(folder));
    const one = await client(relay.url ?? '');
    await one.publish(firstRoster);
    const accepted: SignedEvent[] = [];
    let refusal = '';
    for (let n = 0; refusal === '' && n < 100; n++) {
      const event = update(responder, `${n} ${'x'.repeat(8_000)}`, { created_at: TIME + n });
      const [isOk, message] = await one.publish(event);
      if (isOk) accepted.push(event);
      else refusal = message;
    }
    expect(refusal).toBe('error: it could not be stored: the storage is full');
    expect(accepted.length).toBeGreaterThan(5);
    const health = async () => (await fetch(`${relay.url?.replace('ws', 'http')}/healthz`)).json();
    expect(await health()).toMatchObject({ ok: false, state: 'degraded', storage: 'the storage is full' });
    expect(await one.fetch({ kinds: [3914] })).toHaveLength(accepted.length);
    rmSync(ballast);
    for (const event of events) expect(await one.publish(event)).toEqual([true, '']);
    expect(await health()).toMatchObject({ ok: true, state: 'ok', storage: 'ok' });
    relay.signal('SIGTERM');
    expect(await relay.ended).toBe(0);
  }, 60_000);
});
