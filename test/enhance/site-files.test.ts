import { afterEach, expect, test, vi } from 'vitest';
import { siteFiles } from '../../src/enhance/site-files.ts';

afterEach(() => vi.useRealTimers());

const answer = (body: BodyInit | null, init: ResponseInit) =>
  siteFiles('https://status.example', async () => new Response(body, init));
const json = { 'content-type': 'application/json' };

test('a file comes as its bytes, from the address of the place', async () => {
  const asked: string[] = [];
  const read = siteFiles('https://mirror.example', async (url) => {
    asked.push(String(url));
    return new Response('{"a":1}\n', { headers: json });
  });
  expect(new TextDecoder().decode(await read('log/public.jsonl'))).toBe('{"a":1}\n');
  expect(asked).toEqual(['https://mirror.example/log/public.jsonl']);
});

test.each([
  ['a login page', answer('<h1>Log in</h1>', { headers: { 'content-type': 'text/html; charset=utf-8' } }), 'foreign'],
  ['the status that portals have', answer('', { status: 511, headers: json }), 'foreign'],
  ['a host at its worst', answer('', { status: 503, headers: json }), 'unreachable'],
  ['nobody', siteFiles('https://status.example', () => Promise.reject(new TypeError('refused'))), 'unreachable'],
])('%s is not taken for a file', async (_, read, reason) => {
  await expect(read('log/public.jsonl')).rejects.toMatchObject({ name: 'Unread', file: 'log/public.jsonl', reason });
});

test('a file that is missing is told from one that cannot be had, whatever page says so', async () => {
  const read = answer('<h1>Not found</h1>', { status: 404, headers: { 'content-type': 'text/html' } });
  expect(await read('log/public.jsonl')).toBeUndefined();
});

test('a host that falls silent in the middle is given up; one that goes on is not', async () => {
  vi.useFakeTimers();
  const pieces = (gaps: readonly number[]) =>
    new ReadableStream<Uint8Array>({
      async start(stream) {
        for (const gap of gaps) {
          await new Promise((resolve) => setTimeout(resolve, gap));
          stream.enqueue(new Uint8Array(1));
        }
        stream.close();
      },
    });
  const host = (gaps: readonly number[]) =>
    siteFiles('https://status.example', async (_, init) => {
      const body = pieces(gaps);
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      void body.pipeTo(writable, init?.signal ? { signal: init.signal } : {}).catch(() => {});
      return new Response(readable, { headers: json });
    })('log/public.jsonl');
  const slow = host([6_000, 6_000, 6_000]);
  const silent = host([1_000, 60_000]);
  const outcome = expect(silent).rejects.toMatchObject({ reason: 'unreachable' });
  await vi.advanceTimersByTimeAsync(61_000);
  expect((await slow)?.length).toBe(3);
  await outcome;
});
