import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { ask } from '../../src/enhance/ask.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function host(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.json`;
}

const json = { 'content-type': 'application/json' };

describe('a host that is asked for JSON', () => {
  test('is heard, with how far its clock is from this one', async () => {
    const date = new Date(Date.now() - 600_000).toUTCString();
    const url = await host((_, response) => response.writeHead(200, { ...json, date }).end('{"é":1}'));
    const answer = await ask(url);
    expect(answer).toMatchObject({ type: 'text', text: '{"é":1}' });
    expect(answer.type === 'text' ? answer.offset : 0).toBeGreaterThan(590_000);
  });

  test.each([500, 503, 429])('is unreachable at its worst (%i)', async (status) => {
    expect(await ask(await host((_, response) => response.writeHead(status, json).end('{}')))).toEqual({
      type: 'unreachable',
    });
  });

  test.each([
    ['a login page', 200, { 'content-type': 'text/html' }],
    ['a redirect', 302, { ...json, location: '/login' }],
    ['a portal’s own status', 511, json],
    ['nothing at the path', 404, json],
  ])('is another voice where it answers with %s', async (_what, status, headers) => {
    expect(await ask(await host((_, response) => response.writeHead(status, headers).end('{}')))).toEqual({
      type: 'foreign',
    });
  });

  test('is unreachable when it falls silent after half an answer', async () => {
    const url = await host(
      (_, response) => void response.writeHead(200, { ...json, 'content-length': 10 }).write('{"a"'),
    );
    const began = performance.now();
    expect(await ask(url)).toEqual({ type: 'unreachable' });
    expect(performance.now() - began).toBeGreaterThan(2_900);
  });

  test('is unreachable when it is cut off, or nobody listens', async () => {
    const url = await host((_, response) => {
      response.writeHead(200, { ...json, 'content-length': 10 }).write('{"a"');
      response.destroy();
    });
    expect(await ask(url)).toEqual({ type: 'unreachable' });
    expect(await ask('http://127.0.0.1:1/a.json')).toEqual({ type: 'unreachable' });
  });

  test('is not heard to the end when it never ends', async () => {
    const flood = Buffer.alloc(1_000_000, ' ');
    const url = await host((_, response) => {
      response.writeHead(200, json);
      const pour = () => {
        while (response.write(flood));
        response.once('drain', pour);
      };
      pour();
    });
    expect(await ask(url)).toEqual({ type: 'unreachable' });
  });
});
