import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { firstRoster, org, responder, root, TIME, update } from './organisation.ts';
import { client } from './running.ts';

const CLI = new URL('../../../src/node/cli.ts', import.meta.url).pathname;
const EVENTS = 1_000;

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
}

function spawnRelay(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [CLI, 'relay', '--port', '0', '--json', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  return child;
}

async function start(db: string): Promise<Started> {
  const child = spawnRelay('--org', root.pk, '--db', db);
  if (child.stdout === null) throw new Error('the relay has no stdout');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return { child, url };
}

/** Exit code and stderr of a relay that should not start. */
async function failed(...args: string[]) {
  const child = spawnRelay(...args);
  let stderr = '';
  child.stderr?.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, stderr };
}

const database = () => join(mkdtempSync(join(tmpdir(), 'lifeboat-relay-')), 'relay.db');
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the relay as a process', () => {
  test('loses no acknowledged event of 1,000 when it is killed in the middle', async () => {
    const db = database();
    const events = Array.from({ length: EVENTS }, (_, n) => update(responder, `number ${n}`, { created_at: TIME + n }));
    const acknowledged = new Set<string>();
    let started = await start(db);
    let kills = 0;
    for (const share of [0.25, 0.6, 1]) {
      const writer = await client(started.url);
      await writer.publish(firstRoster);
      for (const event of events) if (!acknowledged.has(event.id)) writer.say('EVENT', event);
      const wanted = Math.floor(EVENTS * share);
      const deadline = performance.now() + 20_000;
      do {
        await sleep(1);
        for (const [, id, accepted] of writer.frames.splice(0)) if (accepted === true) acknowledged.add(String(id));
      } while (acknowledged.size < wanted && performance.now() < deadline);
      expect(acknowledged.size).toBeGreaterThanOrEqual(wanted);
      if (share === 1) break;
      started.child.kill('SIGKILL');
      await once(started.child, 'exit');
      // What was on its way when the relay died counts too.
      for (const [, id, accepted] of writer.frames.splice(0)) if (accepted === true) acknowledged.add(String(id));
      kills++;
      const acks = acknowledged.size;
      started = await start(db);
      const reader = await client(started.url);
      const stored = await reader.fetch({ kinds: [3914] });
      if (typeof stored === 'string') throw new Error(stored);
      const ids = new Set(stored.map(({ id }) => id));
      const lost = [...acknowledged].filter((id) => id !== firstRoster.id && !ids.has(id));
      console.log(`SIGKILL ${kills}: ${acks} acknowledged, ${ids.size} stored, ${lost.length} lost`);
      expect(lost).toEqual([]);
    }
    const reader = await client(started.url);
    expect(await reader.fetch({ kinds: [3914] })).toHaveLength(EVENTS);
  }, 90_000);

  test('answers what it was sent, and ends with 0, when it is asked to stop', async () => {
    const { child, url } = await start(database());
    const one = await client(url);
    await one.publish(firstRoster);
    for (let n = 0; n < 50; n++) one.say('EVENT', update(responder, `last ${n}`));
    await one.next('OK');
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
    await expect.poll(() => one.isOpen).toBe(false);
  }, 20_000);

  test('says in one sentence why it cannot start, and ends with 2', async () => {
    const { url } = await start(database());
    const port = new URL(url).port;
    const sentence = (text: string) => ({
      code: 2,
      stderr: expect.stringMatching(new RegExp(`^lifeboat: [^\\n]*${text}[^\\n]*\\.\\n$`)),
    });
    const fresh = ['--db', database()];
    expect(await failed('--org', root.pk, ...fresh, '--port', port)).toEqual(
      sentence(`Port ${port} on 127.0.0.1 is taken`),
    );
    expect(await failed('--org', root.pk, '--db', '/no/such/folder/x.db')).toEqual(
      sentence('Cannot use /no/such/folder/x.db'),
    );
    expect(await failed('--org', org, ...fresh)).toEqual(sentence('is not a root public key'));
    expect(await failed(...fresh)).toEqual(sentence('--org is missing'));
    expect(await failed('--org', root.pk, '--colour')).toEqual(sentence('--colour'));
  }, 30_000);
});
