import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROJECT } from '../quality/sources.ts';

// A project of its own: the launcher, a lock file, a command line that echoes, and an npm that leaves a trace.
const NPM = `
const { appendFileSync, mkdirSync } = require('node:fs');
appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
if (process.env.NPM_FAILS) process.exit(1);
setTimeout(() => mkdirSync('node_modules', { recursive: true }), Number(process.env.NPM_TAKES_MS ?? 300));
`;
const CLI = `
if (process.argv[2] === 'fail') process.exitCode = 7;
if (process.argv[2] === 'wait') { process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); }
process.channel?.unref();
console.log(JSON.stringify(process.argv.slice(2)));
`;

describe('the launcher', () => {
  let project: string;

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'begin-'));
    await mkdir(join(project, 'src', 'node'), { recursive: true });
    await cp(join(PROJECT, 'src', 'node', 'begin.mjs'), join(project, 'src', 'node', 'begin.mjs'));
    await writeFile(join(project, 'src', 'node', 'cli.ts'), CLI);
    await writeFile(join(project, 'package.json'), '{"type":"module"}');
    await writeFile(join(project, 'package-lock.json'), '{"lockfileVersion":3}');
    await mkdir(join(project, 'fake'));
    await writeFile(join(project, 'fake', 'package.json'), '{"type":"commonjs"}');
    await writeFile(join(project, 'fake', 'npm-cli.js'), NPM);
  });

  afterEach(() => rm(project, { recursive: true, force: true }));

  function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const npm = { npm_execpath: join(project, 'fake', 'npm-cli.js') };
    const script = join(project, 'src', 'node', 'begin.mjs');
    return spawn(process.execPath, [script, ...args], { cwd: project, env: { ...process.env, ...npm, ...env } });
  }

  function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
      const child = start(args, env);
      const said = { stdout: '', stderr: '' };
      child.stdout.on('data', (data) => (said.stdout += String(data)));
      child.stderr.on('data', (data) => (said.stderr += String(data)));
      child.on('close', (code) => resolve({ code, ...said }));
    });
  }

  const calls = () => readFile(join(project, 'npm-calls'), 'utf8').catch(() => '');

  test('installs once and says so, then touches no network', async () => {
    const first = await run(['hello']);
    expect(first).toMatchObject({ code: 0, stdout: '["hello"]\n' });
    expect(first.stderr).toContain('installing');
    const second = await run(['hello'], { NPM_FAILS: '1' });
    expect(second).toEqual({ code: 0, stdout: '["hello"]\n', stderr: '' });
    expect((await calls()).trim().split('\n')).toHaveLength(1);
  });

  test('asks npm for every package, without scripts of its own and without changing the lock', async () => {
    await run(['hello']);
    expect(await calls()).toContain('install --no-save --include=dev --include=optional');
  });

  test('installs again when the lock file changed', async () => {
    await run(['hello']);
    await writeFile(join(project, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}');
    await run(['hello']);
    expect((await calls()).trim().split('\n')).toHaveLength(2);
  });

  test('lets two starts at once install once', async () => {
    const both = await Promise.all([run(['a']), run(['b'])]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect((await calls()).trim().split('\n')).toHaveLength(1);
  });

  test('takes over the lock of a start that died', async () => {
    await writeFile(join(project, '.lifeboat-install'), '4194304');
    expect((await run(['hello'])).code).toBe(0);
  });

  test('takes over a lock that was never filled', async () => {
    await writeFile(join(project, '.lifeboat-install'), '');
    expect((await run(['hello'])).code).toBe(0);
  });

  test('waits for an npm whose launcher was killed', async () => {
    const killed = start(['hello'], { NPM_TAKES_MS: '1500' });
    await expect.poll(calls).not.toBe('');
    killed.kill('SIGKILL');
    const second = await run(['hello']);
    expect(second).toMatchObject({ code: 0, stderr: expect.stringContaining('waiting for it') });
  });

  test('ends with npm on Ctrl-C while it installs', async () => {
    const stopped = start(['hello'], { NPM_TAKES_MS: '20000' });
    await expect.poll(calls).not.toBe('');
    const ended = new Promise((resolve) => stopped.once('close', resolve));
    stopped.kill('SIGINT');
    expect(await ended).toBe(130);
    expect((await run(['hello'])).code).toBe(0);
  });

  test('says in one sentence that npm failed, and does not believe that it is installed', async () => {
    const failed = await run(['hello'], { NPM_FAILS: '1' });
    expect(failed.code).toBe(2);
    expect(failed.stderr.trim().split('\n').at(-1)).toMatch(/^lifeboat: npm could not install .*\.$/);
    expect((await run(['hello'])).code).toBe(0);
  });

  test('ends when the npm that started it is killed, which passes no signal on', async () => {
    await run(['hello']);
    const script = join(project, 'src', 'node', 'begin.mjs');
    const env = { ...process.env, npm_lifecycle_event: 'start' };
    const npm = spawn('sh', ['-c', `'${process.execPath}' '${script}' wait & wait`], { cwd: project, env });
    await new Promise((resolve) => npm.stdout.once('data', resolve));
    // The launcher and its program hold this stream: it closes when both are gone.
    const gone = new Promise((resolve) => npm.stdout.once('close', resolve));
    npm.kill('SIGKILL');
    await gone;
  });

  test('passes on exit codes and signals', async () => {
    expect((await run(['fail'])).code).toBe(7);
    const child = start(['wait']);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(5);
  });
});
