import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { buildSite } from '../../../../src/node/publish/build.ts';
import { type Ended, lifeboat, ONE_SENTENCE } from '../../people/command-line.ts';
import { type Harbour, openHarbour } from '../../people/harbour.ts';

const there = spawnSync('rclone', ['version']).error === undefined;
if (!there) console.log('Not tested: lifeboat publish to a remote, because rclone is not installed.');

let harbour: Harbour;
const publish = (...to: readonly string[]) =>
  lifeboat(
    'publish',
    ...['--dir', harbour.dir, '--relay', harbour.relay, '--once', '--json'],
    ...to.flatMap((one) => ['--to', one]),
  );
const lines = ({ stdout }: Ended) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

/** Every file but drafts and notes, as a host would serve them. */
async function held(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile() && !one.name.startsWith('.'));
  const read = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path.slice(folder.length), await readFile(path, 'base64')] as const;
  });
  return new Map((await Promise.all(read)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What another user may not read, but for dot files. */
async function unreadable(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter(({ name }) => !name.startsWith('.')).map((one) => join(one.parentPath, one.name));
  const lacks = async (path: string) => {
    const facts = await stat(path);
    return (facts.mode & 0o777) !== (facts.isDirectory() ? 0o755 : 0o644);
  };
  const marked = await Promise.all([folder, ...paths].map(async (path) => ((await lacks(path)) ? [path] : [])));
  return marked.flat();
}

beforeAll(async () => {
  harbour = await openHarbour();
  await harbour.start();
  await mkdir(join(harbour.dir, 'content'), { recursive: true });
  await writeFile(join(harbour.dir, 'content', 'site.yaml'), 'name: Tidewater\n');
  await lifeboat('sync', '--dir', harbour.dir, '--relay', harbour.relay);
  await buildSite();
  await writeFile(harbour.path('rclone.conf'), '[second]\ntype = local\n[broken]\ntype = alias\nremote = nosuch:x\n');
  vi.stubEnv('RCLONE_CONFIG', harbour.path('rclone.conf'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await harbour.close();
});

describe('lifeboat publish', () => {
  test.skipIf(!there)('brings the same files to folders and remotes, and says what each holds', async () => {
    const [first, second, third] = [harbour.path('first'), harbour.path('second'), harbour.path('third')];
    const ended = await publish(first, `second:${second}`, third);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    const [published, ...targets] = lines(ended);
    expect(published).toMatchObject({ changed: true });
    expect(targets.map(({ target, seq }) => [target, seq]).sort()).toEqual(
      [
        [third, published?.['seq']],
        [`second:${second}`, published?.['seq']],
      ].sort(),
    );
    const files = await held(first);
    expect(files.size).toBeGreaterThan(20);
    expect(await held(second)).toEqual(files);
    expect(await held(third)).toEqual(files);
  });

  test('lets a server that runs as another user read all of it, whatever the umask is or was', async () => {
    const umask = process.umask(0o077);
    onTestFinished(() => void process.umask(umask));
    const [www, copies] = [harbour.path('www'), harbour.path('copies')];
    const [root, copy] = [join(www, 'status'), join(copies, 'status')];
    expect((await publish(root, copy)).code).toBe(0);
    expect([...(await unreadable(www)), ...(await unreadable(copies))]).toEqual([]);
    for (const folder of [root, join(root, 'log'), copy, join(copy, '_astro')]) await chmod(folder, 0o700);
    for (const file of [join(root, 'robots.txt'), join(copy, 'sw.js')]) await chmod(file, 0o600);
    await writeFile(join(root, '.htpasswd'), 'x');
    expect((await publish(root, copy)).code).toBe(0);
    expect([...(await unreadable(www)), ...(await unreadable(copies))]).toEqual([]);
    for (const path of [join(root, '.htpasswd'), join(harbour.dir, 'publisher.key')])
      expect((await stat(path)).mode & 0o077).toBe(0);
  });

  test.skipIf(!there)('keeps a broken target from nothing but itself, and says no at the end', async () => {
    const [first, second] = [harbour.path('fourth'), harbour.path('fifth')];
    const ended = await publish('broken:', first, `second:${second}`);
    expect(ended.code).toBe(1);
    expect(await held(second)).toEqual(await held(first));
    const trouble = lines(ended).filter(({ sentence }) => sentence !== undefined);
    expect(trouble).toHaveLength(3);
    expect(trouble[0]).toMatchObject({ target: 'broken:', holds: null });
    expect(trouble[0]?.['sentence']).toMatch(
      /^broken: could not be written: rclone ended with 1: .+; trying again in 1 s\.$/,
    );
    expect(trouble[2]?.['sentence']).toMatch(/; given up\.$/);
  });

  test('says that no relay can be reached, and publishes what this machine holds', async () => {
    const out = harbour.path('alone');
    const alone = ['publish', '--dir', harbour.dir, '--to', out, '--once'] as const;
    const ended = await lifeboat(...alone, '--relay', 'ws://127.0.0.1:1');
    expect(ended).toMatchObject({
      code: 0,
      stderr:
        'No relay could be reached (ws://127.0.0.1:1): what this machine holds is published, and grows old, until one answers.\n',
    });
    expect((await held(out)).has('/index.html')).toBe(true);
    expect(await lifeboat(...alone, '--relay', 'http://x')).toMatchObject({
      code: 2,
      stderr: 'lifeboat: "http://x" is no address of a relay: it begins with ws:// or wss://.\n',
    });
  }, 60_000);

  test('says what to do where the roster does not know its key, and where the page cannot be written', async () => {
    const dir = harbour.path('unnamed');
    await cp(join(harbour.dir, 'content'), join(dir, 'content'), { recursive: true });
    await cp(join(harbour.dir, 'organisation.json'), join(dir, 'organisation.json'));
    await writeFile(join(dir, 'publisher.key'), '77'.repeat(32));
    const to = ['--relay', harbour.relay, '--once', '--to'] as const;
    const unnamed = await lifeboat('publish', '--dir', dir, ...to, harbour.path('sixth'));
    expect([unnamed.code, unnamed.stderr]).toEqual([1, expect.stringMatching(ONE_SENTENCE)]);
    expect(unnamed.stderr).toMatch(/The roster names no publisher with the key .+ "lifeboat enrol --new publisher"/);
    const out = harbour.path('seventh');
    await mkdir(out);
    await writeFile(join(out, 'api'), 'a file where a folder must be');
    const unwritten = await publish(out);
    expect([unwritten.code, unwritten.stderr]).toEqual([1, expect.stringMatching(ONE_SENTENCE)]);
    expect(unwritten.stderr).toMatch(/The page could not be written to .+: free that place, or name another folder/);
  });

  test('names the option whose folder is a file', async () => {
    const file = harbour.path('file');
    await writeFile(file, 'x');
    const ended = await publish(file);
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(ONE_SENTENCE)]);
    expect(ended.stderr).toContain(`${file} cannot be written (it is a file); choose another with --to`);
  });

  test('names a missing rclone, and a missing place, in one sentence', async () => {
    vi.stubEnv('PATH', harbour.folder); // The last test: the stub goes with all others.
    const ended = await publish('second:x');
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(ONE_SENTENCE)]);
    expect(ended.stderr).toContain('rclone is not installed here');
    expect((await publish()).stderr).toMatch(/^lifeboat: Where to publish is not known/);
  });
});
