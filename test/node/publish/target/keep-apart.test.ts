import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepApart } from '../../../../src/node/publish/target/keep-apart.ts';

let place: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'lifeboat-apart-'));
  await mkdir(join(place, 'ops', 'content'), { recursive: true });
  await mkdir(join(place, 'ops', 'site'));
  await symlink(join(place, 'ops'), join(place, 'link'));
});
afterAll(() => rm(place, { recursive: true, force: true }));

const within = (paths: readonly string[]) => paths.map((path) => join(place, path));
const attempt = (to: readonly string[], own: readonly string[] = ['ops', 'ops/content']) =>
  keepApart(within(to), within(own));

test.each([['ops'], ['.'], ['link'], ['ops/content'], ['a', 'ops']])(
  'a target that is or holds the folder of the keys or the content is refused: %s %s',
  async (...to) => {
    await expect(attempt(to)).rejects.toThrow(/^--to names .* what nobody else may read: name/);
  },
);

test.each([
  ['ops', 'link'],
  ['ops', 'link/content'],
  ['link/content', 'ops/content'],
])('it is refused whichever way the keys or the content are named: %s and %s', async (to, own) => {
  await expect(attempt([to], [own])).rejects.toThrow(/^--to names /);
});

test.each([['ops/paper'], ['ops/content/runbooks'], ['ops/public'], ['link/paper']])(
  'a target among the keys, the paper or the content is refused: %s',
  async (to) => {
    await expect(attempt([to])).rejects.toThrow(
      /^--to names .*, which lies in .* beside what nobody else may read: name/,
    );
  },
);

test('a folder beside them, their `site`, or one that does not exist yet is taken', async () => {
  await expect(attempt(['site', 'ops/site', 'link/site', 'op'])).resolves.toBeUndefined();
});
