import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lifeboat, type RunningLifeboat, startLifeboat } from '../browser/lifeboat.ts';

const ONE_SENTENCE = /^lifeboat: [^\n]+[.!?]\n$/;

describe('lifeboat up', () => {
  let folder: string;
  let running: RunningLifeboat;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'up-'));
    running = await startLifeboat({ dir: join(folder, 'organisation') });
  });

  afterAll(async () => {
    await running?.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  test('says what is where in its first line', () => {
    const { site, bridge, relays, org, dir } = running;
    expect(site).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(bridge.startsWith(`${site}bridge/#join=`)).toBe(true);
    expect(relays).toHaveLength(2);
    expect(org).toMatch(/^[0-9a-f]{64}$/);
    expect(dir).toBe(join(folder, 'organisation'));
  });

  test('links from API and feeds to where it is itself, where site.yaml names no address', async () => {
    const [api, feed] = await Promise.all(
      ['api/v2/summary.json', 'history.atom'].map(async (path) => (await fetch(`${running.site}${path}`)).text()),
    );
    const origin = running.site.replace(/\/$/, '');
    expect(JSON.parse(api ?? '')).toMatchObject({ page: { url: origin } });
    expect(feed).toContain(`"${running.site}history.atom"`);
    expect(`${api}${feed}`).not.toContain('status.invalid');
  });

  test('keeps a second one off its folder', async () => {
    const second = await lifeboat(['up', '--dir', running.dir, '--port', '0']);
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(ONE_SENTENCE);
    expect(second.stderr).toContain(running.dir);
  });

  test('names a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const refused = await lifeboat(['up', '--dir', join(folder, 'other'), '--port', String(port)]);
    server.close();
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(ONE_SENTENCE);
    expect(refused.stderr).toContain(`Port ${port}`);
  });

  test('names the place in a broken site.yaml', async () => {
    const content = join(folder, 'content');
    await mkdir(content);
    await writeFile(
      join(content, 'site.yaml'),
      'name: Broken\ncomponents:\n  - id: web\n    name: Web\n    probes:\n      - { http: "http://x.example/", every: soon }\n',
    );
    const refused = await lifeboat(['up', '--dir', join(folder, 'other'), '--port', '0'], {
      LIFEBOAT_CONTENT: content,
    });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(ONE_SENTENCE);
    expect(refused.stderr).toMatch(/site\.yaml line 6: .*every: expected a duration/);
  });

  test('names a folder that cannot be written', async () => {
    // A file in its place stops everybody, root too.
    const file = join(folder, 'file');
    await writeFile(file, '');
    await chmod(file, 0o400);
    const refused = await lifeboat(['up', '--dir', join(file, 'organisation'), '--port', '0']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(ONE_SENTENCE);
    expect(refused.stderr).toContain(file);
  });

  test('does not wait for ever for a folder that nobody can make', async () => {
    const refused = await lifeboat(['up', '--dir', '/proc/organisation', '--port', '0']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(ONE_SENTENCE);
  });

  test.each([
    [['up', '--colour', 'red']],
    [['up', '--port', 'high']],
    [['fly']],
    [['say', '--dir', '/nowhere/at/all', 'hello']],
    [['relay']],
    [['tail', '--last', '-3']],
    [['up', 'here']],
  ])('answers wrong use (%j) with one sentence and exit code 2', async (args) => {
    const refused = await lifeboat(args);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^lifeboat[^\n]*: [^\n]+\n$/);
  });

  test('explains every command with --help', async () => {
    const words = ['init', 'up', 'relay', 'watch', 'publish', 'post', 'say', 'tail', 'invite', 'vault', 'build'];
    const helps = await Promise.all(words.map((word) => lifeboat([word, '--help'])));
    for (const [index, word] of words.entries()) {
      expect(helps[index], word).toMatchObject({ code: 0, stderr: '' });
      expect(helps[index]?.stdout).toContain(`lifeboat ${word}`);
    }
  });

  test('lets a member say something and post from the command line', async () => {
    const said = await lifeboat(['say', '--dir', running.dir, '--json', 'Rolling back.']);
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(said.stdout)).toMatchObject({ stored: running.relays, relays: 2 });
    const tail = await lifeboat(['tail', '--dir', running.dir, '--once']);
    expect(tail.stdout).toContain('Rolling back.');
    const posted = await lifeboat([
      'post',
      '--dir',
      running.dir,
      '--json',
      '--name',
      'Cards fail',
      '--text',
      'We look into it.',
    ]);
    expect(posted.code, posted.stderr).toBe(0);
    expect(JSON.parse(posted.stdout)).toMatchObject({ stored: running.relays, live: expect.stringMatching(/^20/) });
  });

  test('stops cleanly on Ctrl-C and starts again as the same organisation, without its relays’ data lost', async () => {
    const { org, dir } = running;
    expect(await running.stop()).toBe(0);
    expect(await running.pids()).toHaveLength(1);
    running = await startLifeboat({ dir });
    expect(running.org).toBe(org);
    const tail = await lifeboat(['tail', '--dir', dir, '--once']);
    expect(tail.stdout).toContain('Rolling back.');
  });

  test('takes its relays along when it is killed', async () => {
    const pids = await running.pids();
    expect(pids.length).toBeGreaterThanOrEqual(4);
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await expect.poll(() => pids.filter(isAlive), { timeout: 10_000 }).toEqual([]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
