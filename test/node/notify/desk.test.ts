import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Desk, isKnownPushService, openDesk } from '../../../src/node/notify/desk.ts';
import { openSubscriptions, type Subscriptions } from '../../../src/node/notify/subscriptions.ts';

const ORIGIN = 'https://status.example';
const endpoint = 'https://fcm.googleapis.com/fcm/send/abc';
const subscription = { endpoint, expirationTime: null, keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) } };
let folder = '';
let subscriptions: Subscriptions;
let desk: Desk;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-desk-'));
  subscriptions = openSubscriptions(join(folder, 'subscriptions.db'));
  const rules = { origins: [ORIGIN], isPushService: isKnownPushService, subscriptions };
  desk = await openDesk({ port: 0, host: '127.0.0.1', ...rules });
});
afterEach(async () => {
  await desk.close();
  subscriptions.close();
  rmSync(folder, { recursive: true, force: true });
});

function ask(method: string, body: unknown, origin = ORIGIN) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(`${desk.url}/subscription`, { method, body: text, headers: { origin } });
}

describe('the desk', () => {
  test('keeps what a browser gives it, once, and gives it up to whoever has its keys', async () => {
    expect((await ask('PUT', subscription)).status).toBe(204);
    expect((await ask('PUT', subscription)).status).toBe(204);
    expect(subscriptions.all()).toEqual([{ endpoint, keys: subscription.keys }]);
    await ask('DELETE', { ...subscription, keys: { ...subscription.keys, auth: 'b'.repeat(22) } });
    expect(subscriptions.all()).toHaveLength(1);
    expect((await ask('DELETE', subscription)).status).toBe(204);
    expect(subscriptions.all()).toEqual([]);
  });

  test.each([
    'http://fcm.googleapis.com/x',
    'https://127.0.0.1/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evilgoogleapis.com/x',
  ])('posts for nobody to %s', async (other) => {
    expect((await ask('PUT', { ...subscription, endpoint: other })).status).toBe(403);
    expect(subscriptions.all()).toEqual([]);
  });

  test('lets only the pages of this site ask, and refuses what is no subscription', async () => {
    expect((await ask('PUT', subscription)).headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(
      (await ask('PUT', subscription, 'https://other.example')).headers.get('access-control-allow-origin'),
    ).toBeNull();
    for (const wrong of ['', '[]', '{"endpoint":1}', { ...subscription, keys: { p256dh: '<script>', auth: 'a' } }])
      expect((await ask('PUT', wrong)).status).toBe(400);
    expect((await ask('PUT', 'x'.repeat(5_000))).status).toBe(413);
    expect((await fetch(`${desk.url}/elsewhere`)).status).toBe(404);
    expect((await fetch(`${desk.url}/healthz`)).status).toBe(204);
  });
});
