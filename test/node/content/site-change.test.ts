import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { followSiteFile } from '../../../src/node/content/site-change.ts';

let folder = '';
let said: string[];
let end = () => {};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeboat-content-'));
  said = [];
  await write('name: Own\n');
  end = await followSiteFile({ folder, variables: {}, say: (sentence) => said.push(sentence), every_ms: 5 });
});
afterEach(async () => {
  end();
  await rm(folder, { recursive: true });
});

/** As an editor does: another file in its place. */
async function write(text: string): Promise<void> {
  await writeFile(join(folder, 'draft'), text);
  await rename(join(folder, 'draft'), join(folder, 'site.yaml'));
}

describe('a site.yaml that changes while a command runs', () => {
  test('is said once for each change, and that the command must start again', async () => {
    await write('name: Other\n');
    await expect.poll(() => said).toHaveLength(1);
    expect(said[0]).toBe(
      `${join(folder, 'site.yaml')} has changed, and this command goes on with what it read before: start it again.`,
    );
    await write('name: Third\n');
    await expect.poll(() => said).toHaveLength(2);
  });

  test('is named with its mistake, before a start would fail by it', async () => {
    await write('name: Other\ncomponents:\n  - { id: a }\n');
    await expect.poll(() => said).toHaveLength(1);
    expect(said[0]).toMatch(/mend it, then start this again \(site\.yaml line 3: .+\)\.$/);
  });

  test('is no news where it is gone for a moment, or as it was', async () => {
    await rm(join(folder, 'site.yaml'));
    await write('name: Own\n');
    await write('name: Other\n');
    await expect.poll(() => said).toHaveLength(1);
    await write('name: Own\n');
    // The next news shows that this was none.
    await write('name: Fourth\n');
    await expect.poll(() => said).toHaveLength(2);
  });
});
