import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join, relative } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { covers, headersOf, SHARING } from '../../../src/node/hosting/header-rules.ts';
import { NOT_ALLOWED, NOT_FOUND } from '../../../src/node/hosting/underscore-files.ts';
import { HOSTS, isThere, type Served } from './hosts.ts';
import { publishedFolder } from './published.ts';

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** Path → content type: one of every class that is published. */
const CLASSES: Readonly<Record<string, string>> = {
  '/': 'text/html; charset=utf-8',
  '/incidents/abc123abc123/': 'text/html; charset=utf-8',
  '/history/': 'text/html; charset=utf-8',
  '/shell/status/': 'text/html; charset=utf-8',
  '/shell/embed/': 'text/html; charset=utf-8',
  '/offline/': 'text/html; charset=utf-8',
  '/bridge/': 'text/html; charset=utf-8',
  '/embed/': 'text/html; charset=utf-8',
  '/subscribe/': 'text/html; charset=utf-8',
  '/verify/': 'text/html; charset=utf-8',
  '/sw.js': 'text/javascript; charset=utf-8',
  '/vault/0f0f': 'application/octet-stream',
  '/api/lifeboat/v1/snapshot.json': 'application/json; charset=utf-8',
  '/log/public.jsonl': 'application/x-ndjson; charset=utf-8',
  '/history.atom': 'application/atom+xml; charset=utf-8',
  '/history.rss': 'application/rss+xml; charset=utf-8',
  '/calendar.ics': 'text/calendar; charset=utf-8',
  '/badge.svg': 'image/svg+xml',
  '/manifest.webmanifest': 'application/manifest+json; charset=utf-8',
  '/robots.txt': 'text/plain; charset=utf-8',
};

let published: Awaited<ReturnType<typeof publishedFolder>>;

beforeAll(async () => {
  published = await publishedFolder();
});
afterAll(() => published.close());

test('every published file has headers of its own', async () => {
  const entries = await readdir(published.folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !/^[._]/.test(entry.name))
    .map((entry) => `/${relative(published.folder, join(entry.parentPath, entry.name))}`);
  const named = published.rules.rules.flatMap((rule) => rule.paths);
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => named.filter((one) => covers(one, path)).length !== 1)).toEqual([]);
});

for (const host of HOSTS) {
  const there = isThere(host);
  if (!there) console.log(`Not tested: ${host.name}, because ${host.program} is not installed.`);

  describe.skipIf(!there)(`the published folder, served by ${host.name}`, () => {
    let served: Served;
    beforeAll(async () => {
      served = await host.serve(published.folder, published.rules);
    });
    afterAll(() => served?.close());

    /** A request with its path exactly as given: `fetch` would tidy it. */
    const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      new Promise<Got>((resolve, reject) => {
        const { hostname, port } = new URL(served.url);
        request({ hostname, port, path, method, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers as Got['headers'],
              body: Buffer.concat(chunks),
            }),
          );
        })
          .on('error', reject)
          .end();
      });

    /** All headers of the file that answered, and sharing as the path asked for has it. */
    const expectHeaders = ({ headers }: Got, answered: string, asked = answered) => {
      const { [SHARING]: _, ...own } = headersOf(published.rules, answered);
      for (const [name, value] of Object.entries(own))
        expect([asked, name, headers[name.toLowerCase()]]).toEqual([asked, name, value]);
      const shared = headersOf(published.rules, asked)[SHARING];
      expect([asked, headers[SHARING.toLowerCase()]]).toEqual([asked, shared]);
    };

    test.each(Object.entries(CLASSES))('sends %s with its own headers and type', async (path, type) => {
      const got = await ask(path);
      expect([path, got.status, got.headers['content-type']]).toEqual([path, 200, type]);
      expectHeaders(got, path);
      const head = await ask(path, {}, 'HEAD');
      expect([head.status, head.body.length, head.headers['content-type']]).toEqual([200, 0, type]);
      expectHeaders(head, path);
    });

    test('sends a script of the build for ever, with a policy of its own', async () => {
      const page = String((await ask('/')).body);
      const path = /"(\/_astro\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
      const got = await ask(path);
      expect([got.status, got.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
      expectHeaders(got, path);
      expect(got.headers['cache-control']).toContain('immutable');
    });

    test('says a real 404 as a page, and never to be kept', async () => {
      for (const path of [
        '/nothing/',
        '/nothing.atom',
        '/_astro/gone.js',
        '/incidents/nothing/',
        '/log/',
        '/log',
        '/api',
        '/_astro',
        '/incidents',
        '/embed/x',
      ]) {
        const got = await ask(path);
        expect([path, got.status, got.headers['content-type']]).toEqual([path, 404, 'text/html; charset=utf-8']);
        expectHeaders(got, '/404.html', path);
        expect(String(got.body)).toContain('</html>');
      }
    });

    test('says a 404 under /api/ in JSON that other origins may read', async () => {
      for (const path of [
        '/api/v2/nothing.json',
        '/api/',
        // Folders without a page, with their slash and without.
        '/api/v2/',
        '/api/v2',
        '/api/lifeboat/v1/incidents',
        '/api/lifeboat/v1/incidents/zzz.json',
        '/api/nothing/',
        '/api//v2/nothing.json',
        '/api/v2/%ff.json',
        '/api/.x',
        `/api/v2/${'a'.repeat(300)}.json`,
        `/api/v2/${'%C3%A3'.repeat(200)}.json`,
      ]) {
        const got = await ask(path);
        expect([path, got.status, String(got.body)]).toEqual([path, 404, NOT_FOUND]);
        expect(got.headers['content-type']).toBe('application/json; charset=utf-8');
        expectHeaders(got, '/api/404.json');
        expect(got.headers['access-control-allow-origin']).toBe('*');
      }
    });

    test('answers 304 while a file is the same', async () => {
      for (const path of ['/', '/api/lifeboat/v1/snapshot.json', '/log/public.jsonl']) {
        const { etag = '' } = (await ask(path)).headers;
        expect(etag).not.toBe('');
        const again = await ask(path, { 'if-none-match': etag });
        expect([path, again.status, again.body.length]).toEqual([path, 304, 0]);
      }
    });

    test('compresses text for who takes it, and says that answers differ by it', async () => {
      for (const path of ['/', '/log/public.jsonl', '/api/lifeboat/v1/snapshot.json']) {
        const [plain, small] = [await ask(path), await ask(path, { 'accept-encoding': 'gzip' })];
        expect([path, small.headers['content-encoding']]).toEqual([path, 'gzip']);
        expect(small.headers['vary']).toMatch(/accept-encoding/i);
        expect(gunzipSync(small.body).equals(plain.body)).toBe(true);
        const brotli = await ask(path, { 'accept-encoding': 'br' });
        if (brotli.headers['content-encoding'] === 'br')
          expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
        else expect(brotli.body.equals(plain.body)).toBe(true);
      }
    });

    test('sends a folder to its slash', async () => {
      const got = await ask('/history');
      expect([301, 308]).toContain(got.status);
      expect(new URL(got.headers['location'] ?? '', served.url).pathname).toBe('/history/');
      for (const [name, value] of Object.entries(published.rules.everywhere))
        expect([name, got.headers[name.toLowerCase()]]).toEqual([name, value]);
    });

    test('never shows a draft, a hidden file or a file for hosts, and never climbs', async () => {
      const paths = [
        '/.draft-1-1',
        '/api/.draft-1-2',
        '/.unused.json',
        '/_headers',
        '/_redirects',
        '/%2edraft-1-1',
        '/../etc/passwd',
        '/..%2f..%2fetc/passwd',
        '/%2e%2e/%2e%2e/etc/passwd',
      ];
      for (const path of paths) {
        const { status, body } = await ask(path);
        expect([path, [400, 404].includes(status)]).toEqual([path, true]);
        expect(String(body)).not.toMatch(/half|Content-Security-Policy:|root:/);
      }
    });

    test('lets no other file become a service worker', async () => {
      const asWorker = { 'service-worker': 'script' };
      expect((await ask('/sw.js', asWorker)).status).toBe(200);
      expect((await ask('/sw-off.js', asWorker)).status).toBe(404);
      expect((await ask('/sw-off.js')).status).toBe(200);
    });

    test('takes no other method at any path, and says so in JSON that other origins may read where they may read the rest', async () => {
      for (const [method, path] of [
        ...['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'].map((one) => [one, '/api/v2/summary.json'] as const),
        ...['POST', 'DELETE', 'OPTIONS'].map((one) => [one, '/api/v2/nothing.json'] as const),
        ...['/api/', '/api/.x', '/feed.json', '/history.atom', '/log/public.jsonl'].map(
          (one) => ['POST', one] as const,
        ),
      ]) {
        const got = await ask(path, {}, method);
        expect([method, path, got.status, String(got.body)]).toEqual([method, path, 405, NOT_ALLOWED]);
        expect(got.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', allow: 'GET, HEAD' });
        expectHeaders(got, '/api/405.json');
      }
      const { status, headers } = await ask('/', {}, 'POST');
      expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
    });

    test('lets other origins read what is asked for in an odd way, and says Allow of no other answer', async () => {
      for (const [path, headers] of [
        ['//api/v2/summary.json', {}],
        ['/api/v2/summary.json', { range: 'bytes=9999999-' }],
      ] as const) {
        const got = await ask(path, headers);
        expect([path, got.headers['access-control-allow-origin']]).toEqual([path, '*']);
        expect(got.headers['allow']).toBeUndefined();
      }
      expect([400, 404]).toContain((await ask('/api/v2/%00')).status);
    });
  });
}
