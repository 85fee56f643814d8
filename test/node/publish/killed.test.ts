import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkRecord } from '../../../src/log/published/check-record.ts';
import { fastVerify } from '../../../src/node/fast-verify.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { buildSite } from '../../../src/node/publish/build.ts';
import { startPublisher } from '../../../src/node/publish/publisher.ts';
import { openSqliteStore } from '../../../src/node/store/sqlite-store.ts';
import { folderSource } from '../../../src/node/verify/source.ts';
import { openHarbour, root, site } from './harbour.ts';
import { draftsIn, readSite } from './whole-site.ts';

const CHILD = new URL('publisher-child.ts', import.meta.url).pathname;
const TRACER = 'strace';
const CALLS = ['write', 'fsync', 'link', 'rename', 'mkdir'] as const;
type Call = (typeof CALLS)[number];
/** `npm test` tries so many points of each call; LIFEBOAT_THOROUGH=1 all, but of those that mostly wake another thread. */
const SAMPLE = 2;
const WRITES = 60;
const isThorough = process.env['LIFEBOAT_THOROUGH'] !== undefined;
const NEWS = 'A link is down.';

/** What one publisher left behind, with news in its log that it has not published. */
let before = '';
/** How many of the killed left a round in the middle. */
let unfinished = 0;

beforeAll(async () => {
  before = mkdtempSync(join(tmpdir(), 'lifeboat-killed-'));
  const harbour = await openHarbour(openSqliteStore(join(before, 'publisher.db')));
  await harbour.pulse();
  await harbour.post('investigating', 'Cards are failing.');
  const publisher = await startPublisher({
    site,
    log: harbour.log,
    platform: nodePlatform,
    dist: await buildSite(),
    out: join(before, 'site'),
  });
  await publisher.close();
  await harbour.post('identified', NEWS);
  await harbour.pulse({ api: 'major_outage' });
  await harbour.close();
}, 120_000);
afterAll(() => rmSync(before, { recursive: true, force: true }));

/** A publisher that publishes the news once, under strace where `traced` says how. Returns the signal that ended it. */
function publishOnce(folder: string, traced: readonly string[] = []): NodeJS.Signals | null {
  const child = [process.execPath, CHILD, folder, join(folder, 'site')];
  const words = traced.length === 0 ? child : [TRACER, '-f', '-o', join(folder, 'trace'), ...traced, ...child];
  // One thread for files: strace counts the calls of each thread by itself.
  const env = { ...process.env, UV_THREADPOOL_SIZE: '1' };
  const [command = '', ...args] = words;
  const { status, signal, stderr } = spawnSync(command, args, { env, encoding: 'utf8', timeout: 600_000 });
  if (signal === 'SIGTERM') throw new Error(`A publisher did not end within ten minutes: ${stderr}`);
  if (signal === null && status !== 0) throw new Error(stderr);
  return signal;
}

function copyOfBefore(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lifeboat-killed-'));
  cpSync(before, folder, { recursive: true });
  return folder;
}

/** How often the thread for files makes each call in a whole life. */
function countCalls(): Readonly<Record<Call, number>> {
  const folder = copyOfBefore();
  expect(publishOnce(folder, ['-e', `trace=${CALLS.join(',')}`])).toBeNull();
  const lines = readFileSync(join(folder, 'trace'), 'utf8').split('\n');
  rmSync(folder, { recursive: true });
  const thread = lines.find((line) => line.includes(' rename('))?.split(' ')[0];
  const count = (call: Call) =>
    lines.filter((line) => line.startsWith(`${thread} `) && line.includes(` ${call}(`)).length;
  return {
    write: count('write'),
    fsync: count('fsync'),
    link: count('link'),
    rename: count('rename'),
    mkdir: count('mkdir'),
  };
}

function points(call: Call, total: number): readonly number[] {
  const most = call === 'write' ? WRITES : total;
  const some = Math.min(total, isThorough ? most : SAMPLE);
  // The last one too: only the front page is not there yet.
  return Array.from({ length: some }, (_, at) => Math.ceil(((at + 1) * total) / some));
}

type Seen = 'the old state' | 'the new state';

/** What `lifeboat verify` says of the site: it is right, or it was left in the middle of a round; anything else is wrong. */
async function judgement(out: string): Promise<string> {
  const { read } = folderSource(out);
  const checked = await checkRecord({ root, read, verify: await fastVerify(), platform: nodePlatform, whole: true });
  const wrong = checked.steps.find(({ result }) => result !== 'right');
  if (wrong === undefined) return 'right';
  return wrong.why?.type === 'fault' && wrong.why.code === 'unfinished' ? 'unfinished' : JSON.stringify(wrong);
}

/** Kills a publisher at the n-th `call`; what then lies there must be whole, and the next one must go on from it. */
async function killAt(call: Call, n: number): Promise<Seen | 'not reached'> {
  const folder = copyOfBefore();
  const out = join(folder, 'site');
  const old = readSite(out).snapshot.seq;
  const signal = publishOnce(folder, ['-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL:when=${n}`]);
  const left = readSite(out);
  expect(left.wrong, `${call} ${n}`).toEqual([]);
  const judged = await judgement(out);
  expect(['right', 'unfinished'], `${call} ${n}`).toContain(judged);
  if (judged === 'unfinished') unfinished += 1;
  expect(publishOnce(folder), `${call} ${n}`).toBeNull();
  const after = readSite(out);
  expect(after.wrong, `${call} ${n}, after a restart`).toEqual([]);
  expect(await judgement(out), `${call} ${n}, after a restart`).toBe('right');
  expect(after.snapshot.seq).toBeGreaterThan(left.snapshot.seq);
  expect(readFileSync(join(out, 'index.html'), 'utf8')).toContain(NEWS);
  expect(draftsIn(out), `${call} ${n}`).toEqual([]);
  rmSync(folder, { recursive: true });
  if (signal === null) return 'not reached';
  return left.snapshot.seq === old ? 'the old state' : 'the new state';
}

describe('a publisher that is killed', () => {
  test('at any operation on a file leaves a whole site, and the next one goes on from it', async (context) => {
    if (spawnSync(TRACER, ['-f', 'true']).status !== 0) {
      console.log('Skipped: strace is not installed, or not allowed here.');
      return context.skip();
    }
    const totals = countCalls();
    const seen = { 'the old state': 0, 'the new state': 0, 'not reached': 0 };
    for (const call of CALLS) for (const n of points(call, totals[call])) seen[await killAt(call, n)]++;
    console.log(
      'file operations in one life:',
      totals,
      'what a reader then saw:',
      seen,
      'rounds left unfinished:',
      unfinished,
    );
    expect(totals.rename).toBeGreaterThan(20);
    expect(seen['the old state']).toBeGreaterThan(2);
    expect(unfinished).toBeGreaterThan(0);
    // A call more or less is no wonder; the injection itself must have happened.
    expect(seen['not reached']).toBeLessThan(isThorough ? 20 : 3);
  }, 7_200_000);
});
