import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unreadable } from '../../src/node/unreadable.ts';

const refusal = (path: string) =>
  readFile(path).then(
    () => '',
    (error: NodeJS.ErrnoException) => unreadable('people.yaml', error),
  );

test('says why a file cannot be read, and what to do, without codes that a person would have to look up', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-unreadable-'));
  expect(await refusal(join(folder, 'none'))).toBe(
    'people.yaml cannot be read: it is not there; put it there, or name another.',
  );
  expect(await refusal(folder)).toBe('people.yaml cannot be read: it is a folder; name a file.');
  await rm(folder, { recursive: true });
});

test('says so where this user may not read it, and gives the code of what is rare', () => {
  const of = (code: string) => unreadable('people.yaml', Object.assign(new Error('no'), { code }));
  expect(of('EACCES')).toMatch(/^people\.yaml cannot be read: this user may not read it; change its rights,/);
  expect(of('EIO')).toBe('people.yaml cannot be read: EIO; use another copy of it.');
});
