import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SignedEvent } from '../../../src/model/event.ts';
import { firstRoster, responder, TIME, update } from './organisation.ts';
import { freshDatabase, hasStrace, isThorough, spawnRelayChild } from './relay-child.ts';
import { client, now, relay } from './running.ts';

const CALLS = ['pwrite64', 'fsync', 'ftruncate', 'unlink', 'write'] as const;
type Call = (typeof CALLS)[number];
/** Points of each call that `npm test` tries. */
const SAMPLES: Readonly<Record<Call, number>> = { pwrite64: 4, fsync: 3, ftruncate: 1, unlink: 1, write: 2 };
const WINDOW = 3;
const events = Array.from({ length: 8 }, (_, n) => update(responder, `number ${n}`, { created_at: TIME + n }));

/** Writes the roster, then the events with a few on their way at a time; resolves to the ids that were acknowledged before the end. */
async function write(url: string, ended: Promise<unknown>): Promise<readonly string[]> {
  const one = await client(url).catch(() => undefined);
  if (one === undefined) return [];
  const acknowledged: string[] = [];
  let isAlive = true;
  void ended.then(() => {
    isAlive = false;
  });
  const waiting = [...events];
  const say = (event: SignedEvent | undefined) => event && one.isOpen && one.say('EVENT', event);
  say(firstRoster);
  const seen = () => one.frames.splice(0).filter(([word, , accepted]) => word === 'OK' && accepted === true);
  while (isAlive && acknowledged.length < events.length + 1) {
    for (const [, id] of seen()) {
      const next = acknowledged.length === 0 ? waiting.splice(0, WINDOW) : waiting.splice(0, 1);
      acknowledged.push(String(id));
      for (const event of next) say(event);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  // What was on its way when the relay died counts too.
  return [...acknowledged, ...seen().map(([, id]) => String(id))];
}

type Ending = 'at start' | 'while serving' | 'not reached';

/** Kills the relay at the n-th `call` and looks for lost events after a new start on the same file. */
async function crashAt(call: Call, n: number): Promise<Ending> {
  const db = freshDatabase();
  const child = await spawnRelayChild(db, ['-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL:when=${n}`]);
  const acknowledged = child.url === null ? [] : await write(child.url, child.ended);
  child.signal('SIGTERM');
  const how = await child.ended;
  const again = await relay({ db, now, onTrouble: (sentence) => expect.fail(`${call} ${n}: ${sentence}`) });
  const reader = await client(again.url);
  const stored = (await reader.fetch({})) as readonly SignedEvent[];
  const lost = acknowledged.filter((id) => !stored.some((event) => event.id === id));
  expect(lost, `${call} ${n}`).toEqual([]);
  expect(stored.every((event) => JSON.stringify(event) === JSON.stringify(known.get(event.id)))).toBe(true);
  expect((await reader.publish(firstRoster))[0]).toBe(true);
  reader.close();
  await again.close();
  rmSync(dirname(db), { recursive: true });
  if (how !== 'SIGKILL') return 'not reached';
  return child.url === null ? 'at start' : 'while serving';
}

const known = new Map([firstRoster, ...events].map((event) => [event.id, event]));

/** How often the relay's own thread makes each call in a whole life without a crash; `strace` counts for each thread. */
async function countCalls(): Promise<Readonly<Record<Call, number>>> {
  const db = freshDatabase();
  const child = await spawnRelayChild(db, ['-e', `trace=${CALLS.join(',')}`]);
  expect(await write(child.url ?? '', child.ended)).toHaveLength(events.length + 1);
  child.signal('SIGTERM');
  expect(await child.ended).toBe(0);
  const lines = readFileSync(`${db}.trace`, 'utf8').split('\n');
  const pid = /pwrite64/.exec(lines.find((line) => line.includes('pwrite64(')) ?? '')?.input.split(' ')[0] ?? '';
  const count = (call: Call) => lines.filter((line) => line.startsWith(`${pid} `) && line.includes(` ${call}(`)).length;
  return {
    pwrite64: count('pwrite64'),
    fsync: count('fsync'),
    ftruncate: count('ftruncate'),
    unlink: count('unlink'),
    write: count('write'),
  };
}

function points(total: number, samples: number): readonly number[] {
  const some = isThorough ? total : Math.min(total, samples);
  return Array.from({ length: some }, (_, at) => 1 + Math.floor(((at + 0.5) * total) / some));
}

describe('a relay that is killed', () => {
  test('at any write, sync, cut or removal keeps every acknowledged event and starts again', async (context) => {
    if (!hasStrace()) return context.skip('strace is not installed or not allowed here');
    const totals = await countCalls();
    const endings: Record<Ending, number> = { 'at start': 0, 'while serving': 0, 'not reached': 0 };
    for (const call of CALLS) {
      expect(totals[call]).toBeGreaterThan(0);
      for (const n of points(totals[call], SAMPLES[call])) endings[await crashAt(call, n)]++;
    }
    console.log('calls in one life:', totals, 'killed:', endings);
    expect(endings['at start']).toBeGreaterThan(1);
    expect(endings['while serving']).toBeGreaterThan(1);
    // A write more or less (sockets, timers) is no wonder; the injection itself must have happened.
    expect(endings['not reached']).toBeLessThan(isThorough ? 20 : 4);
  }, 1_200_000);
});
