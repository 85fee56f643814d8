import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sweepOldAssets } from '../../../src/node/publish/old-assets.ts';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-23T03:00:00Z');
let place: string;
const there = (name: string) => existsSync(join(place, 'out', '_astro', name));

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'lifeboat-assets-'));
  for (const folder of ['dist/site/_astro', 'out/_astro']) await mkdir(join(place, folder), { recursive: true });
  for (const name of ['old.js', 'new.js']) await writeFile(join(place, 'out', '_astro', name), name);
  await build('new.js');
});
afterEach(() => rm(place, { recursive: true, force: true }));

async function build(...names: readonly string[]): Promise<void> {
  await rm(join(place, 'dist/site/_astro'), { recursive: true });
  await mkdir(join(place, 'dist/site/_astro'));
  for (const name of names) await writeFile(join(place, 'dist/site/_astro', name), name);
}
const sweep = (days: number) => sweepOldAssets(join(place, 'dist'), join(place, 'out'), NOW + days * DAY_MS);

describe('old assets', () => {
  test('stay 30 days after the last build that used them, and no longer', async () => {
    expect(await sweep(0)).toEqual([]);
    expect(await sweep(29)).toEqual([]);
    expect(there('old.js')).toBe(true);
    expect(await sweep(31)).toEqual(['_astro/old.js']);
    expect([there('old.js'), there('new.js')]).toEqual([false, true]);
  });

  test('begin anew when a build uses them again', async () => {
    await sweep(0);
    await build('old.js', 'new.js');
    await sweep(20);
    await build('new.js');
    await sweep(25);
    expect(await sweep(40)).toEqual([]);
    expect(await sweep(56)).toEqual(['_astro/old.js']);
  });

  test('stay where the notes of them were lost', async () => {
    await sweep(0);
    await writeFile(join(place, 'out', '.unused.json'), 'half a no');
    expect(await sweep(40)).toEqual([]);
    expect(there('old.js')).toBe(true);
  });
});
