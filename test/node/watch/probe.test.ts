import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpProbe, Probe, TcpProbe } from '../../../src/model/site.ts';
import { runProbe } from '../../../src/node/watch/probe.ts';
import { killStubs, type Stub, startStub } from './stub.ts';

let http: Stub;
beforeAll(async () => {
  http = await startStub('http');
});
afterAll(killStubs);

const never = new AbortController().signal;
const run = (probe: Probe) => runProbe(probe, Date.now, never);

function probeAt(path: string, wish: Partial<HttpProbe> = {}): HttpProbe {
  const expected = { statuses: [], slow_ms: null, body: null, json: null };
  return { kind: 'http', url: http.url + path, method: 'GET', every_ms: 4000, deadline_ms: 2000, ...expected, ...wish };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

describe('an http probe', () => {
  test('is up with any 2xx, or with just the statuses named', async () => {
    expect(await run(probeAt('/ok'))).toMatchObject({ status: 'operational' });
    expect(await run(probeAt('/ok', { statuses: [204] }))).toMatchObject({ status: 'major_outage' });
    expect(await run(probeAt('/busy', { statuses: [503] }))).toMatchObject({ status: 'operational' });
  });

  test('is down with another status, and says which', async () => {
    const result = await run(probeAt('/busy'));
    expect(result.status).toBe('major_outage');
    expect(result.detail).toMatch(/^HTTP 503 after \d+ ms\.$/);
  });

  test('is degraded when it is slower than allowed', async () => {
    expect(await run(probeAt('/slow', { slow_ms: 50 }))).toMatchObject({ status: 'degraded_performance' });
    expect(await run(probeAt('/slow', { slow_ms: 1900 }))).toMatchObject({ status: 'operational' });
  });

  test('looks for a text in the body', async () => {
    expect(await run(probeAt('/ok', { body: 'all well' }))).toMatchObject({ status: 'operational' });
    expect(await run(probeAt('/ok', { body: 'ready' }))).toMatchObject({ status: 'major_outage' });
  });

  test('looks for a value in JSON, and says what came instead', async () => {
    const json = (path: string, equals: string | boolean) => ({ json: { path, equals } });
    const detail = async (path: string, wish: Partial<HttpProbe>) => (await run(probeAt(path, wish))).detail;
    expect(await run(probeAt('/json', json('status.indicator', 'none')))).toMatchObject({ status: 'operational' });
    expect(await run(probeAt('/json', json('list.0.up', true)))).toMatchObject({ status: 'operational' });
    expect(await detail('/json', json('status.indicator', 'major'))).toBe(
      'The JSON has another value at status.indicator.',
    );
    expect(await detail('/json', json('status.constructor', 'x'))).toBe('The JSON has no value at status.constructor.');
    expect(await detail('/html', json('status', 'x'))).toBe('HTML came where JSON is expected.');
    expect(await detail('/ok', json('status', 'x'))).toBe('The answer is not JSON.');
  });

  test('follows a redirect on its own host and to no other', async () => {
    expect(await run(probeAt('/home'))).toMatchObject({ status: 'operational' });
    expect(await run(probeAt('/away'))).toMatchObject({
      status: 'major_outage',
      detail: 'It redirects to another host, which is not followed.',
    });
    expect(await run(probeAt('/away', { statuses: [302] }))).toMatchObject({ status: 'operational' });
  });

  test('reads no more than a megabyte', async () => {
    expect(await run(probeAt('/endless'))).toMatchObject({
      status: 'major_outage',
      detail: 'The answer is longer than 1 MB.',
    });
  });

  test('has one deadline for connecting and for the whole body', async () => {
    const started = performance.now();
    expect(await run(probeAt('/silent', { deadline_ms: 300 }))).toMatchObject({
      status: 'major_outage',
      detail: 'No answer within 300 ms.',
    });
    expect(performance.now() - started).toBeLessThan(1300);
  });

  test('is down where the connection is refused', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    expect(await run({ ...probeAt(''), url })).toMatchObject({
      status: 'major_outage',
      detail: 'The connection was refused.',
    });
  });

  test('never tells the address', async () => {
    for (const path of ['/ok', '/busy', '/away', '/html']) {
      expect((await run(probeAt(path))).detail).not.toContain('127.0.0.1');
    }
  });
});

describe('a tcp probe', () => {
  test('is up where something listens and down where nothing does', async () => {
    const server = await startStub('tcp');
    const probe: TcpProbe = { kind: 'tcp', host: '127.0.0.1', port: server.port, every_ms: 4000, deadline_ms: 2000 };
    expect(await run(probe)).toMatchObject({ status: 'operational' });
    await server.kill();
    expect(await run(probe)).toMatchObject({ status: 'major_outage', detail: 'The connection was refused.' });
  });
});

describe('a probe that cannot run', () => {
  test('is unknown, never up and never down', async () => {
    const impossible = { kind: 'tcp', host: '127.0.0.1', port: -1, every_ms: 1000, deadline_ms: 500 } as const;
    expect(await run(impossible)).toMatchObject({ status: 'unknown' });
  });
});
