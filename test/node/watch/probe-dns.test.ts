import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DnsProbe } from '../../../src/model/site.ts';
import { runProbe } from '../../../src/node/watch/probe.ts';

const NO_SUCH_NAME = 3;
const SERVER_FAILS = 2;
let server: Socket;
let servers: readonly string[];

/** Answers every question for an A record with 192.0.2.1, by the first label: missing, failing and silent do not. */
function answer(question: Buffer): Buffer | undefined {
  const label = question.subarray(13, 13 + (question[12] ?? 0)).toString();
  if (label === 'silent') return undefined;
  const code = label === 'missing' ? NO_SUCH_NAME : label === 'failing' ? SERVER_FAILS : 0;
  const end = question.indexOf(0, 12) + 5;
  const reply = Buffer.from(question.subarray(0, end));
  reply.writeUInt16BE(0x8180 | code, 2);
  reply.fill(0, 6, 12);
  if (code !== 0) return reply;
  reply.writeUInt16BE(1, 6);
  return Buffer.concat([reply, Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1])]);
}

beforeEach(async () => {
  server = createSocket('udp4');
  server.on('message', (question, from) => {
    const reply = answer(question);
    if (reply) server.send(reply, from.port, from.address);
  });
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  servers = [`127.0.0.1:${server.address().port}`];
});
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

function run(name: string, expected: string | null = null) {
  const probe: DnsProbe = { kind: 'dns', name, type: 'A', expect: expected, every_ms: 4000, deadline_ms: 500 };
  return runProbe(probe, Date.now, new AbortController().signal, servers);
}

describe('a dns probe', () => {
  test('is up where the name has a record, and the expected one', async () => {
    expect(await run('www.example.com')).toMatchObject({ status: 'operational', detail: '1 A record.' });
    expect(await run('www.example.com', '192.0.2.1')).toMatchObject({ status: 'operational' });
  });

  test('is down where the record is another, the name does not exist, or its servers fail', async () => {
    expect(await run('www.example.com', '192.0.2.9')).toMatchObject({ status: 'major_outage' });
    expect(await run('missing.example.com')).toMatchObject({ detail: 'The name does not exist.' });
    expect(await run('failing.example.com')).toMatchObject({ status: 'major_outage' });
  });

  test('is unknown where the resolver stays silent: that may be our own', async () => {
    expect(await run('silent.example.com')).toMatchObject({ status: 'unknown' });
  });
});
