import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ageInJavaScript, ageInShell } from '../../src/components/subscribe/snippets.ts';
import { sources } from '../quality/sources.ts';

const missing = ['curl', 'jq', 'date', 'dash', 'bash'].filter((name) => spawnSync('which', [name]).status !== 0);
const docs = (name: string, script: RegExp): string => {
  const [text = ''] = script.exec(sources('docs', new RegExp(`^${name}$`))[0]?.text ?? '') ?? [];
  return text.replace(/https:\/\/status\.example(\.com)?/, BASE);
};
const BASE = 'http://page.invalid';
const shells = ['dash', 'bash'];
const node = ['node'];
const checks = [
  { name: 'docs/api.md', by: shells, script: docs('api.md', /^curl .*?-ner[\s\S]*?(?=\n```)/m), well: 'All fine' },
  { name: 'docs/DEPLOY.md', by: shells, script: docs('DEPLOY.md', /^ {4}updated=\$\(curl[\s\S]*?(?=\n\n)/m), well: '' },
  { name: 'the page, in a shell', by: shells, script: ageInShell(BASE), well: 'none' },
  { name: 'the page, in JavaScript', by: node, script: ageInJavaScript(BASE), well: 'none' },
].flatMap(({ by, ...check }) => by.map((shell) => ({ ...check, shell })));

const aged = (seconds: number) => ({
  page: { updated_at: new Date(Date.now() - seconds * 1000).toISOString().replace('Z', '+00:00') },
  status: { indicator: 'none', description: 'All fine' },
});
let answer: { readonly status: number; readonly body: string };
const server = createServer((_, response) => response.writeHead(answer.status).end(answer.body));

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
});

/** What a check prints, in one line; `at` is where the page is. */
async function printed({ shell, script }: (typeof checks)[number], at: string): Promise<string> {
  const words = shell === 'node' ? ['--input-type=module', '-e'] : ['-c'];
  const child: ChildProcess = spawn(shell === 'node' ? process.execPath : shell, [...words, script.replace(BASE, at)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  child.stdout?.on('data', (data) => (text += String(data)));
  await new Promise((resolve) => child.on('close', resolve));
  return text.trim();
}

if (missing.length > 0)
  console.log(`Not tested: the checks for a dead page, because of what is not installed: ${missing}.`);
describe.skipIf(missing.length > 0).each(checks)('the check that $name prints, run by $shell', (check) => {
  const page = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  test('takes a young page for what it says', async () => {
    answer = { status: 200, body: JSON.stringify(aged(60)) };
    expect(await printed(check, page())).toBe(check.well);
  });

  test.each([
    ['an old page', { status: 200, body: JSON.stringify(aged(16 * 60)) }],
    ['a page from the future', { status: 200, body: JSON.stringify(aged(-180)) }],
    ['a page without a time', { status: 200, body: '{}' }],
    ['a page without words', { status: 200, body: '' }],
    ['a page that is not there', { status: 404, body: JSON.stringify(aged(60)) }],
  ])('takes %s for unknown', async (_, given) => {
    answer = given;
    expect(await printed(check, page())).toMatch(/^unknown|believe nothing/);
  });

  test('takes a host that refuses for unknown', async () => {
    expect(await printed(check, 'http://127.0.0.1:1')).toMatch(/^unknown|believe nothing/);
  });
});
