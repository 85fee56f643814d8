import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PROJECT } from '../quality/sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'lifeboat-mail-'));
const [addresses, memory, box] = ['addresses.txt', 'sent.txt', 'box'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
const item = (id: string, title: string) => ({
  id,
  title,
  url: `https://status.example/incidents/abc123abc123/`,
  content_text: 'Ação: we look into it.',
  date_published: '2026-11-22T03:12:40.000Z',
});
let items = [item('1', 'Cards: Investigating')];
const server = createServer((_, response) =>
  response.writeHead(200, { 'content-type': 'application/feed+json' }).end(JSON.stringify({ title: 'Harbour', items })),
);

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  writeFileSync(addresses, 'ana@example.com\nnot an address\nben@example.com\n');
  sendmail('cat >> "$BOX"; echo "--- $*" >> "$BOX"');
});
beforeEach(() => rmSync(box, { force: true }));
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Puts a program in the place of the machine's mail sender. */
function sendmail(does: string): void {
  writeFileSync(join(folder, 'sendmail'), `#!/bin/sh\n${does}\n`);
  chmodSync(join(folder, 'sendmail'), 0o755);
}

function run(): Promise<{ readonly code: number | null; readonly said: string }> {
  const { port } = server.address() as AddressInfo;
  const script = join(PROJECT, 'docs', 'recipes', 'mail-from-feed.mjs');
  const words = [script, `http://127.0.0.1:${port}/feed.json`, addresses, memory, 'status@example.com'];
  const env = { ...process.env, SENDMAIL: join(folder, 'sendmail'), BOX: box };
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data) => (said += String(data)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

test('the mail recipe sends nothing at first, then each new update to each address by itself, once', async () => {
  expect(await run()).toEqual({ code: 0, said: '' });
  expect(existsSync(box)).toBe(false);
  items = [item('2', 'Cards: Resolved'), ...items];
  expect((await run()).code).toBe(0);
  const mail = readFileSync(box, 'utf8');
  expect([...mail.matchAll(/^To: (.*)$/gm)].map(([, to]) => to)).toEqual(['ana@example.com', 'ben@example.com']);
  expect([...mail.matchAll(/^--- (.*)$/gm)].map(([, words]) => words)).toEqual([
    '-i -f status@example.com -- ana@example.com',
    '-i -f status@example.com -- ben@example.com',
  ]);
  const text = Buffer.from(/base64\n\n([\s\S]*?)\n---/.exec(mail)?.[1] ?? '', 'base64').toString();
  expect(text).toBe('Ação: we look into it.\n\nhttps://status.example/incidents/abc123abc123/\n');
  rmSync(box);
  await run();
  expect(existsSync(box)).toBe(false);
});

test('the mail recipe says what failed in one sentence, and sends it at the next run', async () => {
  items = [item('3', 'Cards: Monitoring'), ...items];
  sendmail('exit 75');
  const failed = await run();
  expect(failed).toMatchObject({ code: 1, said: expect.stringMatching(/ended with 75 for ana@example.com/) });
  sendmail('cat >> "$BOX"');
  await run();
  expect(readFileSync(box, 'utf8')).toContain('To: ana@example.com');
});
