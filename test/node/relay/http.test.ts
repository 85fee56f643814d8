import { describe, expect, test } from 'vitest';
import { chainName, KIND } from '../../../src/model/event.ts';
import { firstRoster, org, publisher, responder, sign, stranger, TIME, update } from './organisation.ts';
import { client, now, relay } from './running.ts';

async function served(options = {}) {
  const running = await relay({ now, ...options });
  return { ...running, http: running.url.replace('ws', 'http') };
}

const send = (address: string, body: string) => fetch(`${address}/events`, { method: 'POST', body });

describe('the relay over plain HTTP', () => {
  test('describes itself (NIP-11) to who asks for it, and says that it is well', async () => {
    const { http } = await served();
    const response = await fetch(http, { headers: { accept: 'application/nostr+json' } });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toMatchObject({
      supported_nips: [1, 11, 42, 77],
      limitation: { max_message_length: 131_072, max_subscriptions: 50, max_filters: 20, auth_required: false },
      lifeboat: { org },
    });
    expect(await (await fetch(http)).text()).toContain('WebSocket');
    expect(await (await fetch(`${http}/healthz`)).json()).toEqual({
      ok: true,
      state: 'ok',
      storage: 'ok',
      org,
      events: 0,
      quarantined: 0,
      connections: 0,
      reopened: 0,
    });
    expect((await fetch(`${http}/nothing`)).status).toBe(404);
  });

  test('takes events as lines and answers each with its verdict, in order, also the bad ones', async () => {
    const { http, url } = await served();
    const good = update(responder, 'good');
    const big = update(responder, 'x'.repeat(200_000));
    const lines = [firstRoster, good, 'no json', update(stranger, 'x'), good, { ...good, content: '' }, big];
    const body = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    const response = await send(http, `${body}\n\n`);
    const verdicts = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown[]);
    expect(verdicts.map((verdict) => verdict[2])).toEqual([true, true, false, false, true, false, false]);
    expect(verdicts.map((verdict) => String(verdict[3]).split(':')[0])).toEqual([
      '',
      '',
      'invalid',
      'restricted',
      '',
      'invalid',
      'invalid',
    ]);
    expect(verdicts[1]?.[1]).toBe(good.id);
    expect(await (await client(url)).fetch({ kinds: [KIND.public] })).toEqual([good]);
    expect(await (await send(http, '')).text()).toBe('');
  });

  test.each([
    ['a body that is too large', 'POST', '/events', 'x'.repeat(2000), 413, 'invalid'],
    ['a question that is too large', 'POST', '/neg', 'x'.repeat(2000), 413, 'invalid'],
    ['a question that is none', 'POST', '/ids', '[]', 400, 'invalid'],
    ['an address where nothing is', 'POST', '/nothing', '', 404, 'invalid'],
    ['another method', 'DELETE', '/events', '', 404, 'invalid'],
    ['a route of POST by GET', 'GET', '/events', undefined, 404, 'invalid'],
    ['a snapshot that is not there yet', 'GET', `/snapshot/${org}.json`, undefined, 404, 'error'],
    ['an origin that may not call', 'POST', '/events', '', 403, 'restricted', 'https://other.example'],
  ])(
    'refuses %s in JSON, with its prefix',
    async (_what, method, path, body, status, prefix, origin = 'https://own.example') => {
      const { http } = await served({ limits: { upload: 1000, frame: 1000 }, origins: ['https://own.example'] });
      const init = { method, headers: { origin } };
      const response = await fetch(http + path, body === undefined ? init : { ...init, body });
      expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/json']);
      expect(await response.json()).toEqual({ error: expect.stringMatching(new RegExp(`^${prefix}: [a-z]`)) });
    },
  );

  test('gives caches the newest snapshot of a live publisher', async () => {
    const { http, url } = await served();
    const address = `${http}/snapshot/${org}.json`;
    expect((await fetch(address)).status).toBe(404);
    const one = await client(url);
    await one.publish(firstRoster);
    const snapshot = sign(publisher, {
      kind: KIND.snapshot,
      d: chainName.snapshot(org),
      content: '{}',
      created_at: TIME,
    });
    await one.publish(snapshot);
    const response = await fetch(address);
    expect(await response.json()).toEqual(snapshot);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('cache-control')).toContain('public');
    const again = await fetch(address, { headers: { 'if-none-match': response.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    expect((await fetch(`${http}/snapshot/${'0'.repeat(32)}.json`)).status).toBe(404);
  });
});
