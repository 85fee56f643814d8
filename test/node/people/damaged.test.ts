import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { jsonOf, lifeboat, ONE_SENTENCE, runCommand } from './command-line.ts';
import { type Harbour, openHarbour } from './harbour.ts';

let harbour: Harbour;
let copy: string;
let backup: string;
const cli = (word: string, ...args: readonly string[]) => lifeboat(word, '--dir', harbour.dir, ...args);

beforeAll(async () => {
  harbour = await openHarbour();
  copy = join(harbour.dir, 'device.db');
  backup = harbour.path('backup.jsonl');
  await cli('roster', 'set', 'relays', harbour.relay);
  for (const text of ['One.', 'Two.', 'Three.']) await cli('say', text, '--wait', '0');
});
afterAll(() => harbour.close());

// Every damage begins at a whole copy, of which a relay has everything.
beforeEach(async () => {
  await harbour.start();
  expect((await cli('sync')).code).toBe(0);
  expect((await cli('export', '--out', backup, '--force')).stderr).toBe('');
  await harbour.stop();
});

const DAMAGES: readonly (readonly [string, () => void])[] = [
  ['lost', () => rmSync(copy)],
  ['emptied', () => truncateSync(copy)],
  ['cut off', () => truncateSync(copy, 20_000)],
  ['scribbled over', () => writeFileSync(copy, readFileSync(copy).fill(0xa5, 4_096, 16_384))],
];

describe.each(DAMAGES)('a device’s copy that is %s', (_, damage) => {
  test('is named by every command, and no backup is replaced by what is left of it', async () => {
    const before = readFileSync(backup, 'utf8');
    damage();
    const told = await runCommand('export', '--dir', harbour.dir, '--out', backup, '--force');
    expect(told).toMatchObject({ code: 1, stdout: '' });
    expect(told.stderr).toContain('This copy is damaged');
    expect(told.stderr).toMatch(/^lifeboat: This copy is damaged: .* Nothing was written: .*--force-damaged\.$/m);
    expect(told.stderr).not.toMatch(/^ +at /m);
    expect(readFileSync(backup, 'utf8')).toBe(before);
    for (const word of ['roster', 'tail']) {
      const { stderr } = await cli(word, ...(word === 'tail' ? ['--once'] : []));
      expect(stderr).toMatch(/^This copy is damaged: \d+ of \d+ events are left/m);
    }
    const rest = jsonOf(await cli('export', '--out', harbour.path('rest'), '--force', '--force-damaged', '--json'));
    expect(rest['damage']).toContainEqual(expect.objectContaining({ type: 'short' }));
  });

  test('heals from the relays, and exports the same bytes again', async () => {
    const before = readFileSync(backup, 'utf8');
    damage();
    await harbour.start();
    const told = await cli('export');
    expect(told).toMatchObject({ code: 0, stderr: expect.stringContaining('This copy is damaged') });
    expect(told.stdout).toBe(before);
    expect(await cli('export', '--out', backup, '--force', '--json')).toMatchObject({ code: 0, stderr: '' });
    await harbour.stop();
  });
});

test('a broken file is put aside under the time', () => {
  expect(readdirSync(harbour.dir).filter((name) => /^device\.db\.damaged-20\d\d-/.test(name)).length).toBeGreaterThan(
    0,
  );
});

test('an export into a folder that is missing says so, and makes none', async () => {
  const told = await cli('export', '--out', harbour.path('missing/all.jsonl'));
  expect(told).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(ONE_SENTENCE) });
  expect(told.stderr).toContain('There is no folder');
  expect(existsSync(harbour.path('missing'))).toBe(false);
});

test.each([
  ['tail', '--wait', '-1'],
  ['tail', '--last', '-1'],
  ['sync', '--relay', 'foo'],
  ['sync', '--relay', 'ws://['],
])('%s %s %s is wrong use, in one sentence', async (word, ...args) => {
  const told = await cli(word, ...args);
  expect(told).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(ONE_SENTENCE) });
  expect(told.stderr).toMatch(/must be a whole number|is no address of a relay/);
});
