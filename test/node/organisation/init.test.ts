import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSite } from '../../../src/node/content/site.ts';
import { siteVariables } from '../../../src/node/content/site-variables.ts';
import { lifeboat, ONE_SENTENCE } from '../people/command-line.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-init-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const init = (name: string) => lifeboat('init', '--dir', join(folder, 'ops'), '--name', name);
const variables = siteVariables(['ws://a.example', 'ws://b.example'], 'http://c.example');

test.each(['Tidewater Pay', 'Ana\u2019s "Bank": #1 $& $1', 'true', `A ${'long '.repeat(30)}name`])(
  'init names the page %j, and leaves the rest of the content as the demo has it',
  async (name) => {
    expect(await init(name)).toMatchObject({ code: 0, stderr: '' });
    const content = join(folder, 'ops', 'content');
    const site = await readSite(content, variables);
    expect(site.name).toBe(name);
    expect(site.components.map(({ id }) => id)).toEqual(['ledger', 'cards', 'api', 'webhooks']);
    expect(readFileSync(join(content, 'site.yaml'), 'utf8')).toMatch(/^# What the public page shows/);
  },
);

test.each([
  ['', /--name is missing/],
  ['\u200b\u3164', /--name must be text that is not empty/],
  ['a\nb', /--name must be one line of text/],
  ['a'.repeat(201), /--name must be text of at most 200 characters/],
])('init makes nothing with a name that no page may have: %j', async (name, sentence) => {
  const { code, stderr } = await init(name);
  expect([code, stderr]).toEqual([2, expect.stringMatching(ONE_SENTENCE)]);
  expect(stderr).toMatch(sentence);
});
