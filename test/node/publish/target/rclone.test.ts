import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { PlainError } from '../../../../src/node/plain-error.ts';
import { destinationsOf } from '../../../../src/node/publish/target/couriers.ts';
import { rcloneTarget } from '../../../../src/node/publish/target/rclone-target.ts';
import type { Batch } from '../../../../src/node/publish/target/target.ts';

const isInstalled = (program: string) => spawnSync(program, ['--version']).error === undefined;
const there = isInstalled('rclone');
if (!there) console.log('Not tested: targets of rclone, because rclone is not installed.');
/** The program itself: a test puts another of its name before it. */
const real = spawnSync('sh', ['-c', 'command -v rclone']).stdout.toString().trim();
const traced = isInstalled('strace');
if (there && !traced)
  console.log(
    'Not tested: rclone killed in the middle of a file, because strace is not installed; before each run it is.',
  );

const SNAPSHOT = 'api/lifeboat/v1/snapshot.json';
const partOf = (n: number) => `api/lifeboat/v1/parts/${n}.json`;
/** Long enough that a file is written in several pieces. */
const whole = (n: number) => `round ${n}\n${'x'.repeat(300_000)}\nend\n`;
const never = new AbortController().signal;

let place: string;
let remote: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'lifeboat-rclone-'));
  remote = `second:${place}/host`;
  await writeFile(join(place, 'rclone.conf'), '[second]\ntype = local\n');
  vi.stubEnv('RCLONE_CONFIG', join(place, 'rclone.conf'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(place, { recursive: true, force: true });
});

async function batchOf(n: number, isWhole: boolean): Promise<Batch> {
  const folder = join(place, `round-${n}`);
  const phases = [
    { name: 'parts', paths: [partOf(n)] },
    { name: 'data', paths: ['history.json'] },
    { name: 'pages', paths: ['history/index.html'] },
    { name: 'snapshot', paths: [SNAPSHOT] },
    { name: 'index', paths: ['index.html'] },
  ] as const;
  for (const path of phases.flatMap(({ paths }) => paths)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), whole(n));
  }
  return { folder, phases, whole: isWhole };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function listening(port: number): Promise<void> {
  await expect
    .poll(() => {
      return new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => resolve(true));
        socket.once('error', () => resolve(false));
        socket.once('close', () => resolve(false));
        socket.once('connect', () => socket.destroy());
      });
    })
    .toBe(true);
}

/** What a reader of the host sees now: the round of each file; throws for a half one, or for one that names what is not there. */
function read(): Readonly<Record<string, number>> {
  const round = (path: string) => {
    const text = readFileSync(join(place, 'host', path), 'utf8');
    const n = Number(/^round (\d+)\n/.exec(text)?.[1]);
    if (text !== whole(n)) throw new Error(`${path} is a half: ${text.length} characters.`);
    return n;
  };
  const index = round('index.html');
  const snapshot = round(SNAPSHOT);
  const [page, data, part] = [round('history/index.html'), round('history.json'), round(partOf(snapshot))];
  if (index > snapshot || snapshot > page || page > data || part !== snapshot)
    throw new Error(`A later phase came first: ${JSON.stringify({ index, snapshot, page, data, part })}`);
  return { index, snapshot, page, data };
}

/**
 * Puts a program called rclone before the real one: the `at`th run is killed, before it does anything or in the middle. Answers
 * how many runs there were.
 */
async function killRun(at: number, how: 'before' | 'middle'): Promise<() => number> {
  const bin = join(place, 'bin');
  const counter = join(place, 'runs');
  await mkdir(bin, { recursive: true });
  await rm(counter, { force: true });
  // Go writes to itself too, so that the first writes are not yet of a file.
  const trace = `strace -f -o /dev/null -e trace=write,renameat -e inject=write:signal=KILL:when=6 -e inject=renameat:signal=KILL:when=1`;
  const middle = `exec ${trace} ${real} "$@"`;
  const script = `#!/bin/sh\necho run >> ${counter}\nif [ "$(wc -l < ${counter})" -eq ${at} ]; then ${how === 'before' ? 'kill -9 $$' : middle}; fi\nexec ${real} "$@"\n`;
  await writeFile(join(bin, 'rclone'), script);
  await chmod(join(bin, 'rclone'), 0o755);
  vi.stubEnv('PATH', `${bin}:${process.env['PATH']?.replace(`${bin}:`, '')}`);
  return () => (existsSync(counter) ? readFileSync(counter, 'utf8').trim().split('\n').length : 0);
}

describe.skipIf(!there)('an rclone remote', () => {
  test('holds everything after a whole batch, and afterwards what changed', async () => {
    const target = rcloneTarget(remote);
    await target.put(await batchOf(1, true), never);
    expect(read()).toEqual({ index: 1, snapshot: 1, page: 1, data: 1 });
    await target.put(await batchOf(2, false), never);
    expect(read()).toEqual({ index: 2, snapshot: 2, page: 2, data: 2 });
    expect(existsSync(join(place, 'host', partOf(1)))).toBe(true);
    await target.remove([partOf(1), 'never/there.json'], never);
    expect(existsSync(join(place, 'host', partOf(1)))).toBe(false);
    expect(read().index).toBe(2);
  });

  test('is asked first what it has, so that a restart copies nothing twice', async () => {
    await rcloneTarget(remote).put(await batchOf(1, true), never);
    const runs = await killRun(0, 'before');
    await rcloneTarget(remote).put(await batchOf(1, true), never);
    expect(runs()).toBe(2);
  });

  test('shows its readers whole files only, while it is written', async () => {
    const target = rcloneTarget(remote);
    await target.put(await batchOf(1, true), never);
    let seen = 0;
    const watching = setInterval(() => {
      read();
      seen += 1;
    }, 1);
    try {
      await target.put(await batchOf(2, false), never);
    } finally {
      clearInterval(watching);
    }
    expect(seen).toBeGreaterThan(5);
    expect(read().index).toBe(2);
  });

  test('killed at every one of its runs, shows no half and is made whole by the next try', async () => {
    const how = traced ? 'middle' : 'before';
    await rcloneTarget(remote).put(await batchOf(1, true), never);
    let round = 2;
    let killed = 0;
    for (let at = 1; ; at += 1) {
      const runs = await killRun(at, how);
      const target = rcloneTarget(remote);
      const failure = await target.put(await batchOf(round, true), never).then(
        () => null,
        (error: Error) => error,
      );
      read();
      if (runs() < at) break;
      if (failure !== null) {
        killed += 1;
        expect(failure.message).toMatch(/^rclone ended with/);
        await target.put(await batchOf(round, true), never);
      }
      expect(read().index).toBe(round);
      round += 1;
    }
    expect(killed).toBeGreaterThan(5);
  }, 240_000);

  test.each(['sftp', 'webdav'] as const)('over %s holds what was put there, twice', async (protocol) => {
    await mkdir(join(place, 'host'));
    const port = await freePort();
    const rights = protocol === 'sftp' ? ['--user=u', '--pass=p'] : [];
    const server = spawn('rclone', ['serve', protocol, join(place, 'host'), `--addr=127.0.0.1:${port}`, ...rights]);
    onTestFinished(() => void server.kill('SIGKILL'));
    await listening(port);
    const password = spawnSync('rclone', ['obscure', 'p']).stdout.toString().trim();
    const address =
      protocol === 'sftp'
        ? `type = sftp\nhost = 127.0.0.1\nport = ${port}\nuser = u\npass = ${password}\nshell_type = none\n`
        : `type = webdav\nurl = http://127.0.0.1:${port}/\n`;
    await writeFile(join(place, 'rclone.conf'), `[third]\n${address}`);
    const target = rcloneTarget('third:');
    await target.put(await batchOf(1, true), never);
    expect(read()).toEqual({ index: 1, snapshot: 1, page: 1, data: 1 });
    await target.put(await batchOf(2, false), never);
    expect(read()).toEqual({ index: 2, snapshot: 2, page: 2, data: 2 });
  });

  test('that does not answer fails with one sentence that holds no password', async () => {
    const secret = ':sftp,host=127.0.0.1,port=1,user=x,pass=TOPSECRET:status';
    const failure = await rcloneTarget(secret)
      .put(await batchOf(1, true), never)
      .then(
        () => null,
        (error: Error) => error,
      );
    expect(failure?.message).toMatch(/^rclone ended with \d+: .+\.$/);
    expect(failure?.message).not.toContain('TOPSECRET');
    await expect(rcloneTarget('nosuch:x').put(await batchOf(1, true), never)).rejects.toThrow(/didn't find section/);
  });

  test('ends at once when it is asked to', async () => {
    const stop = new AbortController();
    const putting = rcloneTarget(remote).put(await batchOf(1, true), stop.signal);
    stop.abort();
    await expect(putting).rejects.toThrow();
  });
});

describe('--to', () => {
  test('needs rclone for a remote, and none for folders', async () => {
    vi.stubEnv('PATH', place);
    const refused = await destinationsOf([place, 'second:x'], place).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PlainError);
    expect(String(refused)).toContain('rclone is not installed here');
    expect(await destinationsOf([`${place}/a`, `${place}/b`], place)).toEqual({
      out: `${place}/a`,
      others: [`${place}/b`],
    });
  });

  test.skipIf(!there)('publishes into the first folder, or beside the key where all are remotes', async () => {
    expect(await destinationsOf(['second:x', `${place}/a`], place)).toEqual({
      out: `${place}/a`,
      others: ['second:x'],
    });
    expect(await destinationsOf(['second:x'], place)).toEqual({ out: join(place, 'site'), others: ['second:x'] });
    await expect(destinationsOf([], place)).rejects.toThrow('Where to publish is not known');
    await expect(destinationsOf(['second:x', 'second:x'], place)).rejects.toThrow('twice');
  });
});
