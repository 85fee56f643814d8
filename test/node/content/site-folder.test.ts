import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentFolder, DEMO_FOLDER } from '../../../src/node/content/content-folder.ts';
import { readSite } from '../../../src/node/content/site.ts';

const variables = { site: 'http://127.0.0.1:1', relay1: 'http://127.0.0.1:2', relay2: 'http://127.0.0.1:3' };
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeboat-content-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the content folder', () => {
  test('is the demo unless LIFEBOAT_CONTENT names another', async () => {
    expect(await contentFolder({})).toBe(DEMO_FOLDER);
    expect(await contentFolder({ LIFEBOAT_CONTENT: folder })).toBe(folder);
  });

  test("is the organisation's own where init made one", async () => {
    expect(await contentFolder({}, folder)).toBe(DEMO_FOLDER);
    await mkdir(join(folder, 'content'));
    expect(await contentFolder({}, folder)).toBe(join(folder, 'content'));
  });

  test('must exist and be a folder', async () => {
    const missing = join(folder, 'nowhere');
    await expect(contentFolder({ LIFEBOAT_CONTENT: missing })).rejects.toThrow(
      `The content folder ${missing} does not exist: check LIFEBOAT_CONTENT.`,
    );
    await writeFile(missing, '');
    await expect(contentFolder({ LIFEBOAT_CONTENT: missing })).rejects.toThrow('is not a folder');
  });

  test("takes the demo's site.yaml where it has none, and says so", async () => {
    const said: string[] = [];
    const site = await readSite(folder, variables, (sentence) => said.push(sentence));
    expect(site.name).toBe('Demo Payments');
    expect(said).toEqual([`${folder} has no site.yaml: the demo's is used.`]);
  });

  test('is read with its own site.yaml', async () => {
    await writeFile(join(folder, 'site.yaml'), 'name: Own\n');
    expect((await readSite(folder, {})).name).toBe('Own');
  });
});
