import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
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

test('an address that is refused keeps no other waiting, is tried again alone, and is given up after six hours', async () => {
  items = [item('5', 'Cards: Resolved'), item('4', 'Cards: Identified'), ...items];
  sendmail('cat > /dev/null; [ "$5" = ana@example.com ] && exit 67; echo "$5" >> "$BOX"');
  const told = () => readFileSync(box, 'utf8').trim().split('\n');
  const refused = await run();
  expect(refused.code).toBe(1);
  expect(refused.said.match(/ended with 67 for ana@example\.com; tried again next time\./g)).toHaveLength(2);
  expect(told()).toEqual(['ben@example.com', 'ben@example.com']);
  await run();
  expect(told()).toHaveLength(2);
  const sixHoursAgo = `since ${Date.now() - 6 * 3_600_000}`;
  writeFileSync(memory, readFileSync(memory, 'utf8').replace(/since \d+/g, sixHoursAgo));
  expect((await run()).said).toContain('given up for "Cards: Resolved"');
  expect(await run()).toEqual({ code: 0, said: '' });
  expect(readFileSync(memory, 'utf8')).not.toContain('@');
});

test('while one run sends, another sends nothing; a lock that a killed run left is taken', async () => {
  items = [item('6', 'Cards: Investigating'), ...items];
  sendmail('cat > /dev/null; mkfifo "$BOX.gate"; echo "$5" >> "$BOX"; cat "$BOX.gate" > /dev/null');
  const first = run();
  await vi.waitUntil(() => existsSync(box));
  expect(await run()).toEqual({ code: 0, said: '' });
  expect(readFileSync(box, 'utf8')).toBe('ana@example.com\n');
  sendmail('cat > /dev/null; echo "$5" >> "$BOX"');
  writeFileSync(`${box}.gate`, '');
  expect(await first).toEqual({ code: 0, said: '' });
  expect(readFileSync(box, 'utf8')).toBe('ana@example.com\nben@example.com\n');
  items = [item('7', 'Cards: Resolved'), ...items];
  writeFileSync(`${memory}.lock`, '');
  utimesSync(`${memory}.lock`, new Date(), new Date(Date.now() - 3 * 60_000));
  expect(await run()).toEqual({ code: 0, said: '' });
  expect(readFileSync(box, 'utf8').trim().split('\n')).toHaveLength(4);
});
