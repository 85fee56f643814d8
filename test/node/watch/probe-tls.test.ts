import type { AddressInfo } from 'node:net';
import { createServer, getCACertificates, type Server, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import type { TlsProbe } from '../../../src/model/site.ts';
import { runProbe } from '../../../src/node/watch/probe.ts';
import { makeCertificate } from './certificate.ts';
import { killStubs, startStub } from './stub.ts';

const DAY = 86_400_000;
const usual = getCACertificates('default');
let server: Server | undefined;

afterEach(async () => {
  setDefaultCACertificates(usual);
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
  await killStubs();
});

/** Serves a certificate that ends in so many days. */
async function serve(days: number, trusted: boolean): Promise<number> {
  const { key, cert } = makeCertificate(new Date(Date.now() - 400 * DAY), new Date(Date.now() + days * DAY + 60_000));
  if (trusted) setDefaultCACertificates([...usual, cert]);
  const started = createServer({ key, cert }, (socket) => socket.on('error', () => {}));
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return (started.address() as AddressInfo).port;
}

function run(port: number) {
  const probe: TlsProbe = { kind: 'tls', host: '127.0.0.1', port, days: 14, every_ms: 4000, deadline_ms: 2000 };
  return runProbe(probe, Date.now, new AbortController().signal);
}

describe('a tls probe', () => {
  test('is up with a trusted certificate that has days enough', async () => {
    expect(await run(await serve(30, true))).toMatchObject({
      status: 'operational',
      detail: 'The certificate is valid for 30 more days.',
    });
  });

  test('is degraded when few days are left', async () => {
    expect(await run(await serve(3, true))).toMatchObject({ status: 'degraded_performance' });
  });

  test('is down with an expired certificate, and with one that nobody trusts', async () => {
    expect(await run(await serve(-2, true))).toMatchObject({
      status: 'major_outage',
      detail: 'The certificate has expired.',
    });
    await new Promise((resolve) => server?.close(resolve));
    expect(await run(await serve(30, false))).toMatchObject({ status: 'major_outage' });
  });

  test('is down where no TLS is spoken', async () => {
    expect(await run((await startStub('http')).port)).toMatchObject({ status: 'major_outage' });
  });
});
