import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { firstRoster, responder, root, update } from './organisation.ts';
import { client } from './running.ts';

const CLI = new URL('../../../src/node/cli.ts', import.meta.url).pathname;
const TRACER = 'strace';
const CALLS = 'trace=pwrite64,fsync,fdatasync,write,writev,sendto,read,readv,recvfrom';

// A kill cannot show this fault (the kernel keeps what was written), only a power cut, or the order of the system calls.
test('says OK only after the fsync of what it stored', async (context) => {
  if (spawnSync(TRACER, ['-f', 'true']).status !== 0) context.skip('strace is not installed or not allowed here');
  const folder = mkdtempSync(join(tmpdir(), 'lifeboat-relay-'));
  const trace = join(folder, 'trace');
  const relay = ['relay', '--org', root.pk, '--port', '0', '--json', '--db', join(folder, 'relay.db')];
  const traced = ['-f', '-yy', '-s', '64', '-e', CALLS, '-o', trace, process.execPath, CLI, ...relay];
  const child = spawn(TRACER, traced, { stdio: ['ignore', 'pipe', 'inherit'] });
  // strace holds signals back while it traces, so they go to the relay itself: each line of the trace begins with its pid.
  const relayPid = () => Number.parseInt(readFileSync(trace, 'utf8'), 10);
  onTestFinished(() => {
    if (child.exitCode === null) process.kill(relayPid(), 'SIGKILL');
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const one = await client((JSON.parse(line) as { url: string }).url);
  await one.publish(firstRoster);
  for (let n = 0; n < 10; n++) expect(await one.publish(update(responder, `number ${n}`))).toEqual([true, '']);
  process.kill(relayPid(), 'SIGTERM');
  await once(child, 'exit');

  // One event at a time: between what the relay read and its OK there must be a write and then an fsync.
  let progress: 'nothing' | 'written' | 'synced' = 'nothing';
  let answers = 0;
  for (const call of readFileSync(trace, 'utf8').split('\n')) {
    if (/(read|readv|recvfrom)\(\d+<TCP/.test(call)) progress = 'nothing';
    else if (/pwrite64\(\d+<[^>]*relay\.db-wal>/.test(call)) progress = 'written';
    else if (/f(data)?sync\(\d+<[^>]*relay\.db-wal>/.test(call) && progress === 'written') progress = 'synced';
    else if (/(write|writev|sendto)\(\d+<TCP.*\[\\"OK\\"/.test(call)) {
      expect(progress, call).toBe('synced');
      answers++;
    }
  }
  expect(answers).toBe(11);
}, 60_000);
