import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { rcloneTarget } from '../../../../src/node/publish/target/rclone-target.ts';
import type { Batch } from '../../../../src/node/publish/target/target.ts';

const isInstalled = (program: string) => spawnSync(program, ['--version']).error === undefined;
const there = isInstalled('rclone');
if (!there) console.log('Not tested: targets of rclone, because rclone is not installed.');
/** The program itself: a test puts another of its name before it. */
const real = spawnSync('sh', ['-c', 'command -v rclone']).stdout.toString().trim();

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

/** Where in its life a run is killed: before it did anything, or with a file half-written. */
type Point = 'before' | 'middle';

interface Runs {
  /** What each run was, e.g. `copy`. */
  readonly all: () => readonly string[];
  /** At which points runs were killed. */
  readonly killed: () => readonly string[];
}

/**
 * Puts a program called rclone before the real one, which kills the `at`th run at `point`; with 0 none. The middle is certain: the
 * run may read but 16 kB a second, so that a file stays a half for many seconds, and is killed when one lies there.
 */
async function killRun(at: number, point: Point): Promise<Runs> {
  const bin = join(place, 'bin');
  const [runs, killed] = [join(place, 'runs'), join(place, 'killed')];
  await mkdir(bin, { recursive: true });
  for (const notes of [runs, killed]) await writeFile(notes, '');
  const half = `find ${place}/host -type f -size +0c -size -${whole(0).length}c`;
  const acts: Readonly<Record<Point, string>> = {
    before: '',
    middle: `exec 3<&0
      RCLONE_BWLIMIT=16k ${real} "$@" <&3 &
      for look in $(seq 1000); do [ -n "$(${half})" ] && break; sleep 0.05; done
      kill -9 $!
      [ -n "$(${half})" ] || exit 99`,
  };
  const script = `#!/bin/sh
    echo "$1" >> ${runs}
    [ "$(wc -l < ${runs})" -eq ${at} ] || exec ${real} "$@"
    ${acts[point]}
    echo ${point} >> ${killed}
    kill -9 $$\n`;
  await writeFile(join(bin, 'rclone'), script);
  await chmod(join(bin, 'rclone'), 0o755);
  vi.stubEnv('PATH', `${bin}:${process.env['PATH']?.replace(`${bin}:`, '')}`);
  const lines = (path: string) => readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return { all: () => lines(runs), killed: () => lines(killed) };
}

// Each run of rclone takes a second where many other programs run.
describe.skipIf(!there)('an rclone remote', { timeout: 300_000 }, () => {
  test('holds everything after a whole batch, and afterwards what changed', async () => {
    const target = rcloneTarget(remote);
    await target.put(await batchOf(1, true), never);
    expect(read()).toEqual({ index: 1, snapshot: 1, page: 1, data: 1 });
    await target.put(await batchOf(2, false), never);
    expect(read()).toEqual({ index: 2, snapshot: 2, page: 2, data: 2 });
    expect(existsSync(join(place, 'host', partOf(1)))).toBe(true);
    expect(await target.list(['api/lifeboat/v1/parts', 'incidents'], never)).toEqual([partOf(1), partOf(2)]);
    await target.remove([partOf(1), 'never/there.json'], never);
    expect(existsSync(join(place, 'host', partOf(1)))).toBe(false);
    expect(read().index).toBe(2);
    expect(await target.holds([SNAPSHOT, partOf(2)], never)).toBe(true);
    expect(await target.holds([SNAPSHOT, partOf(1)], never)).toBe(false);
    await rm(join(place, 'host'), { recursive: true });
    expect(await target.holds([SNAPSHOT], never)).toBe(false);
  });

  test('is asked first what it has, so that a restart copies nothing twice', async () => {
    await rcloneTarget(remote).put(await batchOf(1, true), never);
    const runs = await killRun(0, 'before');
    await rcloneTarget(remote).put(await batchOf(1, true), never);
    expect(runs.all()).toEqual(['backend', 'check']);
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
    await rcloneTarget(remote).put(await batchOf(1, true), never);
    const unhurt = await killRun(0, 'before');
    await rcloneTarget(remote).put(await batchOf(2, true), never);
    const all = unhurt.all();
    expect(all.filter((run) => run === 'copy')).toHaveLength(5);
    let round = 2;
    for (const [index, run] of all.entries()) {
      // Looking and renaming have no middle: there, killed after it is killed before the next.
      for (const point of run === 'copy' ? (['before', 'middle'] as const) : (['before'] as const)) {
        round += 1;
        const runs = await killRun(index + 1, point);
        const target = rcloneTarget(remote);
        const failure = await target.put(await batchOf(round, true), never).then(
          () => null,
          (error: Error) => error,
        );
        read();
        expect([run, runs.all()[index], runs.killed()]).toEqual([run, run, [point]]);
        // A rename is tried once more at once.
        if (failure !== null || run !== 'moveto') expect(failure?.message).toMatch(/^rclone ended with (SIGKILL|\d)/);
        await target.put(await batchOf(round, true), never);
        expect(read()).toEqual({ index: round, snapshot: round, page: round, data: round });
      }
    }
  }, 600_000);

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
    expect(await target.holds([SNAPSHOT, partOf(2)], never)).toBe(true);
    expect(await target.holds([SNAPSHOT, partOf(3)], never)).toBe(false);
    await target.remove([SNAPSHOT], never);
    expect(await target.holds([SNAPSHOT], never)).toBe(false);
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
