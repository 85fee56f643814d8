import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PlainError } from '../../../../src/node/plain-error.ts';
import { destinationsOf } from '../../../../src/node/publish/target/destinations.ts';

const there = spawnSync('rclone', ['--version']).error === undefined;
if (!there) console.log('Not tested: --to with remotes, because rclone is not installed.');

let place: string;
beforeEach(async () => {
  place = await realpath(await mkdtemp(join(tmpdir(), 'lifeboat-to-')));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(place, { recursive: true, force: true });
});

const folders = (...to: readonly string[]) =>
  destinationsOf(
    to.map((one) => `${place}/${one}`),
    place,
  );

describe('--to', () => {
  test('needs rclone for a remote, and none for folders', async () => {
    vi.stubEnv('PATH', place);
    const refused = await destinationsOf([place, 'second:x'], place).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PlainError);
    expect(String(refused)).toContain('rclone is not installed here');
    expect(await folders('a', 'b')).toEqual({ out: `${place}/a`, others: [`${place}/b`] });
  });

  test.skipIf(!there)('publishes into the first folder, or beside the key where all are remotes', async () => {
    expect(await destinationsOf(['second:x', `${place}/a`], place)).toEqual({
      out: `${place}/a`,
      others: ['second:x'],
    });
    expect(await destinationsOf(['second:x'], place)).toEqual({ out: join(place, 'site'), others: ['second:x'] });
  });

  test('names something, and nothing twice', async () => {
    await expect(destinationsOf([], place)).rejects.toThrow('Where to publish is not known: give --to');
    await expect(destinationsOf(['', `${place}/a`], place)).rejects.toThrow('--to is empty; name');
    await expect(destinationsOf(['second:x', 'second:x'], place)).rejects.toThrow(
      'names second:x twice: name it once.',
    );
    await expect(folders('a', './a')).rejects.toThrow('which is the same folder as');
  });

  test('names no folder that lies in another, though one beside it may begin with its name', async () => {
    await expect(folders('a/b', 'a')).rejects.toThrow(
      `--to names ${place}/a/b, which lies in ${place}/a: name one that is not in another.`,
    );
    expect((await folders('a', 'ab')).others).toEqual([`${place}/ab`]);
  });

  test.each([
    ['site', 'link', 'is the same folder as'],
    ['link/inner', 'site', 'lies in'],
    ['site/not/yet', 'link', 'lies in'],
  ])('sees through links: %s and %s', async (one, other, how) => {
    await mkdir(join(place, 'site'));
    await symlink(join(place, 'site'), join(place, 'link'));
    await expect(folders(one, other)).rejects.toThrow(`--to names ${place}/${one}, which ${how} ${place}/${other}:`);
  });
});
