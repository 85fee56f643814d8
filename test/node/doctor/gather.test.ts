import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { gatherHosts, hostsIn } from '../../../src/node/doctor/gather-hosts.ts';
import { asked, realQuestions, registrarIn } from '../../../src/node/doctor/questions.ts';
import { site } from '../publish/harbour.ts';
import { makeCertificate } from '../watch/certificate.ts';
import { startNameServer } from './name-server.ts';

let names: Awaited<ReturnType<typeof startNameServer>>;

beforeAll(async () => {
  names = await startNameServer({
    'status.tide.test': { a: ['192.0.2.1'] },
    'status.moon.test': { a: ['198.51.100.1', '198.51.100.2'] },
    'relay.moon.test': { a: ['203.0.113.1'] },
    'tide.test': { ns: ['a.one-dns.test', 'b.one-dns.test'] },
    'moon.test': { ns: ['ns1.one-dns.test'] },
    'api.tide.test': { a: ['192.0.2.9'] },
  });
});
afterAll(() => names.close());

describe('what is gathered of hosts', () => {
  test('is what DNS says, what the operator says, and why there is no answer', async () => {
    const questions = { ...realQuestions([names.address], false), certificate: () => Promise.reject(new Error('no')) };
    const probe = { kind: 'tcp', host: 'api.tide.test', port: 443, every_ms: 5000, deadline_ms: 500 } as const;
    const hosts = await gatherHosts(
      {
        ...site,
        url: 'https://status.tide.test',
        mirrors: ['https://status.moon.test', 'https://silent.moon.test'],
        relays: ['wss://relay.moon.test', 'ws://gone.nowhere.test'],
        components: [{ id: 'a', name: 'A', description: null, group: null, probes: [probe] }],
      },
      [{ host: 'relay.moon.test', cloud: 'Harbour Cloud', registrar: 'Names Ltd', dns: null }],
      questions,
    );
    const [page, mirror, silent, relay, gone, watched] = hosts;
    expect(hosts.map(({ part }) => part)).toEqual(['page', 'mirror', 'mirror', 'relay', 'relay', 'watched']);
    expect(page).toMatchObject({ domain: 'tide.test', exposed: false, dns: { value: ['one-dns.test'] } });
    expect(mirror).toMatchObject({
      addresses: { value: ['198.51.100.1', '198.51.100.2'] },
      cloud: { type: 'unknown' },
    });
    expect(silent?.addresses).toEqual({ type: 'unknown', why: 'there was no answer in time.' });
    expect(relay).toMatchObject({ cloud: { value: 'Harbour Cloud' }, registrar: { value: 'Names Ltd' } });
    expect(gone).toMatchObject({ exposed: true, certificate: null, addresses: { why: 'there is no such name.' } });
    expect(watched).toMatchObject({ host: 'api.tide.test', certificate: null, addresses: { value: ['192.0.2.9'] } });
  });

  test('leaves out probes of our own page and relays, which are no reason to be elsewhere', async () => {
    const probe = {
      kind: 'tls',
      host: 'status.tide.test',
      port: 443,
      days: 14,
      every_ms: 5000,
      deadline_ms: 500,
    } as const;
    const own = {
      ...site,
      url: 'https://status.tide.test',
      components: [{ id: 'a', name: 'A', description: null, group: null, probes: [probe] }],
    };
    const questions = { ...realQuestions([names.address], false), certificate: () => Promise.reject(new Error('no')) };
    expect((await gatherHosts(own, [], questions)).map(({ part }) => part)).toEqual(['page']);
  });

  test('is found in hosting.yaml whatever letters site.yaml writes it with, and what site.yaml has is no host too many', async () => {
    const probe = { kind: 'tcp', host: 'API.Tide.test', port: 443, every_ms: 5000, deadline_ms: 500 } as const;
    const own = {
      ...site,
      relays: ['wss://Relay.Moon.test'],
      components: [{ id: 'a', name: 'A', description: null, group: null, probes: [probe] }],
    };
    const told = [{ host: 'api.tide.test', cloud: 'Harbour Cloud', registrar: null, dns: null }];
    const questions = { ...realQuestions([names.address], false), certificate: () => Promise.reject(new Error('no')) };
    const watched = (await gatherHosts(own, told, questions)).find(({ part }) => part === 'watched');
    expect(watched).toMatchObject({ host: 'api.tide.test', cloud: { value: 'Harbour Cloud' } });
    expect(hostsIn(own)).toContain('relay.moon.test');
  });
});

describe('a question', () => {
  test('of a certificate is answered with who issued it and why a browser refuses it', async () => {
    const now = Date.now();
    const server = createTlsServer(makeCertificate(new Date(now - 86_400_000), new Date(now + 86_400_000)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { issuer, refused, expires_at } = await realQuestions([], false).certificate('127.0.0.1', port);
    expect([issuer, refused]).toEqual(['lifeboat test', 'DEPTH_ZERO_SELF_SIGNED_CERT']);
    expect(Date.parse(expires_at)).toBeGreaterThan(now);
  });

  test('to nobody has a reason instead of an answer', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const { get, certificate } = realQuestions([], false);
    const refused = { type: 'unknown', why: 'nothing answers there.' };
    expect(await asked(get(`http://127.0.0.1:${port}/`))).toEqual(refused);
    expect(await asked(certificate('127.0.0.1', port))).toEqual(refused);
  });

  test('to a registry is not asked unless it is allowed, and its answer is read', () => {
    expect(realQuestions([], false).registrar).toBeNull();
    expect(realQuestions([], true).registrar).not.toBeNull();
    const card = [
      'vcard',
      [
        ['version', {}, 'text', '4.0'],
        ['fn', {}, 'text', 'Names Ltd'],
      ],
    ];
    expect(registrarIn({ entities: [{ roles: ['abuse'] }, { roles: ['registrar'], vcardArray: card }] })).toBe(
      'Names Ltd',
    );
    expect(() => registrarIn({ entities: [] })).toThrow('names no registrar');
  });
});
