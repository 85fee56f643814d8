import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, startHost } from '../../../src/node/host/host.ts';
import { writeWhole } from '../../../src/node/publish/atomic.ts';

const PAGE = `<!doctype html><title>Status</title>${'<p>All is well.</p>'.repeat(50)}`;
let folder: string;
let host: Host;

beforeAll(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'lifeboat-host-'));
  folder = join(parent, 'site');
  await mkdir(join(folder, 'history'), { recursive: true });
  await writeFile(join(parent, 'secret.txt'), 'not yours');
  await writeFile(join(folder, 'index.html'), PAGE);
  await writeFile(join(folder, '.draft-1'), 'half');
  await writeFile(join(folder, 'history', 'index.html'), PAGE);
  await writeFile(join(folder, '404.html'), '<h1>No such page</h1>');
  await writeFile(
    join(folder, '_headers'),
    '/*\n  X-Frame: no\n  Cache-Control: no-cache\n/api/*\n  Access-Control-Allow-Origin: *\n',
  );
  host = await startHost({ folder, port: 0, host: '127.0.0.1' });
});

afterAll(async () => {
  await host.close();
  await rm(join(folder, '..'), { recursive: true, force: true });
});

/** A request with its path exactly as given: `fetch` would tidy it. */
function raw(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const { hostname, port } = new URL(host.url);
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
      });
    });
    sent.on('error', reject).end();
  });
}

describe('the host', () => {
  test('serves a page with the headers of its folder, compressed for who takes that', async () => {
    const plain = await raw('/');
    expect(plain).toMatchObject({
      status: 200,
      headers: { 'x-frame': 'no', 'content-type': 'text/html; charset=utf-8' },
    });
    expect(plain.body.toString()).toBe(PAGE);
    const small = await raw('/', { 'accept-encoding': 'gzip, br' });
    expect(small.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
    expect(brotliDecompressSync(small.body).toString()).toBe(PAGE);
    expect((await raw('/', { 'accept-encoding': 'br;q=0, gzip' })).headers['content-encoding']).toBe('gzip');
  });

  test('answers 304 while the file is the same, and the new file once it changed', async () => {
    const { etag } = (await raw('/history/')).headers;
    const again = await raw('/history/', { 'if-none-match': String(etag) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    await writeWhole(folder, 'history/index.html', PAGE.replace('well', 'changed'));
    const changed = await raw('/history/', { 'if-none-match': String(etag) });
    expect([changed.status, changed.body.toString()]).toEqual([200, PAGE.replace('well', 'changed')]);
  });

  test('says 404 for what is not there, in JSON under /api/ and readable from other origins', async () => {
    const page = await raw('/nothing/');
    expect([page.status, page.body.toString()]).toEqual([404, '<h1>No such page</h1>']);
    const api = await raw('/api/nothing.json');
    expect(api).toMatchObject({ status: 404, headers: { 'access-control-allow-origin': '*' } });
    expect(JSON.parse(api.body.toString())).toHaveProperty('error');
  });

  test('never leaves its folder and shows no hidden file', async () => {
    const paths = [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '//secret.txt',
      '/.draft-1',
      '/_headers',
      '/%00',
      '/%',
      '/..\\secret.txt',
    ];
    for (const path of paths) {
      const { status, body } = await raw(path);
      expect([path, status, body.toString().includes('not yours')]).toEqual([path, 404, false]);
    }
  });

  test('answers HEAD without a body, a folder with its slash, and no other method', async () => {
    const head = await raw('/', {}, 'HEAD');
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(PAGE.length)]);
    expect((await raw('/history')).headers['location']).toBe('/history/');
    expect((await raw('/', {}, 'POST')).status).toBe(405);
  });

  test('goes on serving others while a client sends its request byte by byte', async () => {
    const { hostname, port } = new URL(host.url);
    const slow = connect(Number(port), hostname, () => slow.write('GET / HT'));
    expect((await raw('/')).status).toBe(200);
    slow.destroy();
  });

  test('rejects a taken port', async () => {
    await expect(startHost({ folder, port: Number(new URL(host.url).port), host: '127.0.0.1' })).rejects.toThrow(
      'EADDRINUSE',
    );
  });
});
