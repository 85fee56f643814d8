import { describe, expect, test } from 'vitest';
import { authorizationOf } from '../../../src/log/channel/nip98.ts';
import { createIndex, initiate, reconcile } from '../../../src/log/negentropy/negentropy.ts';
import { KIND, type SignedEvent } from '../../../src/model/event.ts';
import {
  admin,
  type Device,
  firstRoster,
  org,
  ROOM,
  responder,
  roster,
  sealed,
  sign,
  stranger,
  TIME,
  update,
  watcher,
} from './organisation.ts';
import { client, relay } from './running.ts';

const OPEN = { kinds: [KIND.join, KIND.roster, KIND.public], '#o': [org] };
const SEALED = { kinds: [KIND.key, KIND.sealed], '#o': [org] };
const updates = Array.from({ length: 5 }, (_, n) => update(responder, `update ${n}`, { created_at: TIME + n }));
const secrets = [sealed(responder), sealed(admin, { created_at: TIME + 1 })];

async function filled(options = {}, events: readonly SignedEvent[] = [firstRoster, ...updates, ...secrets]) {
  const running = await relay(options);
  const one = await client(running.url);
  for (const event of events) expect(await one.publish(event)).toEqual([true, '']);
  return { ...running, one, http: running.url.replace('ws', 'http') };
}

let nonce = 0;
const proof = (url: string, body: string, { secret }: Device, now = Date.now(), method = 'POST') =>
  authorizationOf({ url, method, body }, now, String(nonce++), secret);

async function ask(url: string, body: unknown, device?: Device, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const proven = device === undefined ? {} : { authorization: proof(url, text, device) };
  const response = await fetch(url, { method: 'POST', body: text, headers: { ...proven, ...headers } });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** What a device that holds nothing needs, by questions that each stand alone. */
async function needed(http: string, filter: object, device?: Device): Promise<readonly string[]> {
  const need: string[] = [];
  const index = createIndex();
  for (let message: string | null = initiate(index); message !== null; ) {
    const { status, text } = await ask(`${http}/neg`, { filter, message }, device);
    expect([status, text.slice(0, 200)]).toEqual([200, expect.any(String)]);
    const answer = reconcile(index, (JSON.parse(text) as { message: string }).message);
    need.push(...answer.need);
    message = answer.next;
  }
  return need;
}

const ids = (events: readonly SignedEvent[]) => events.map(({ id }) => id).sort();
const lines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as SignedEvent);

describe('comparing and fetching over plain HTTP', () => {
  test('gives the open kinds to everybody', async () => {
    const { http } = await filled();
    expect((await needed(http, OPEN)).toSorted()).toEqual(ids([firstRoster, ...updates]));
    const { text, headers } = await ask(`${http}/ids`, { ids: ids(updates.slice(0, 3)) });
    expect(ids(lines(text))).toEqual(ids(updates.slice(0, 3)));
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    expect(headers.get('access-control-expose-headers')).toBe('Date');
  });

  test('gives sealed kinds to live readers who prove themselves, and to nobody else', async () => {
    const { http } = await filled();
    const [neg, events] = [`${http}/neg`, `${http}/ids`];
    const question = { filter: SEALED, message: initiate(createIndex()) };
    const refused = (status: number, prefix: string) => ({
      status,
      text: expect.stringContaining(`{"error":"${prefix}:`),
    });
    expect(await ask(neg, question)).toMatchObject(refused(401, 'auth-required'));
    expect((await ask(neg, question)).headers.get('www-authenticate')).toBe('Nostr');
    for (const outsider of [stranger, watcher]) {
      expect(await ask(neg, question, outsider)).toMatchObject(refused(403, 'restricted'));
      expect(lines((await ask(events, { ids: ids(secrets) }, outsider)).text)).toEqual([]);
    }
    expect((await needed(http, SEALED, responder)).toSorted()).toEqual(ids(secrets));
    expect(ids(lines((await ask(events, { ids: ids(secrets) }, responder)).text))).toEqual(ids(secrets));
    expect(lines((await ask(events, { ids: ids([...secrets, firstRoster]) })).text)).toEqual([firstRoster]);
    expect(await ask(events, { ids: ids(secrets), kinds: [KIND.sealed] })).toMatchObject(refused(401, 'auth-required'));
    const mixed = { ids: ids(secrets), kinds: [KIND.sealed, KIND.public] };
    expect(await ask(events, mixed, responder)).toMatchObject(refused(403, 'restricted'));
    expect(await needed(http, { kinds: [KIND.sealed], '#d': [ROOM], authors: [admin.pk] }, admin)).toEqual([
      secrets[1]?.id,
    ]);
  });

  test('stops giving sealed kinds to a device at the moment when it is removed', async () => {
    const { http, one } = await filled();
    expect(await needed(http, SEALED, responder)).toHaveLength(2);
    await one.publish(roster(admin, { removes: [{ pk: responder.pk, cut: {} }] }));
    expect(await ask(`${http}/neg`, { filter: SEALED, message: '61' }, responder)).toMatchObject({ status: 403 });
  });

  test('believes a proof for this address, this body and this minute, once', async () => {
    const { http } = await filled();
    const url = `${http}/neg`;
    const body = JSON.stringify({ filter: SEALED, message: initiate(createIndex()) });
    const given = async (authorization: string) => (await ask(url, body, undefined, { authorization })).status;
    const good = proof(url, body, responder);
    expect(await given(good)).toBe(200);
    expect(await given(good)).toBe(401);
    expect(await given(proof(`${http}/ids`, body, responder))).toBe(401);
    expect(await given(proof(url.replace('127.0.0.1', 'localhost'), body, responder))).toBe(401);
    expect(await given(proof(url, `${body} `, responder))).toBe(401);
    expect(await given(proof(url, body, responder, Date.now() - 62_000))).toBe(401);
    expect(await given(proof(url, body, responder, Date.now() + 62_000))).toBe(401);
    expect(await given(proof(url, body, responder, Date.now() - 55_000))).toBe(200);
    expect(await given(proof(url, body, responder, Date.now(), 'GET'))).toBe(401);
    const [, token = ''] = good.split(' ');
    const event = JSON.parse(atob(token)) as SignedEvent;
    const forged = {
      ...sign(responder, { kind: 27_235, content: '' }),
      tags: event.tags,
      created_at: event.created_at,
    };
    expect(await given(`Nostr ${btoa(JSON.stringify(forged))}`)).toBe(401);
    for (const nonsense of ['Nostr', 'Nostr !!!', 'Basic abc', `Nostr ${btoa('[]')}`]) {
      expect(await given(nonsense)).toBe(401);
    }
    // A forged proof must not use up the true one.
    const next = proof(url, body, responder);
    const nextEvent = JSON.parse(atob(next.slice(6))) as SignedEvent;
    expect(await given(`Nostr ${btoa(JSON.stringify({ ...nextEvent, sig: event.sig }))}`)).toBe(401);
    expect(await given(next)).toBe(200);
  });

  test('knows itself by the names that it was given', async () => {
    const { http } = await filled({ hosts: ['relay.example.org'] });
    const body = JSON.stringify({ filter: SEALED, message: initiate(createIndex()) });
    const status = async (url: string) =>
      (await ask(`${http}/neg`, body, undefined, { authorization: proof(url, body, responder) })).status;
    expect(await status(`${http}/neg`)).toBe(401);
    expect(await status('https://relay.example.org/neg')).toBe(200);
  });

  test('answers nonsense with a sentence, and bounds what it takes and gives', async () => {
    const { http } = await filled({ limits: { idsPerRequest: 3, answer: 1_500, frame: 2_000 } });
    const [neg, events] = [`${http}/neg`, `${http}/ids`];
    for (const body of ['', 'no json', '[]', '{}', 'null', '7', '['.repeat(1_900), '{"ids":"x"}', '{"filter":7}']) {
      for (const url of [neg, events]) {
        const { status, text } = await ask(url, body);
        expect([url, body, status, text]).toEqual([url, body, 400, expect.stringContaining('invalid: ')]);
      }
    }
    expect((await ask(neg, { filter: OPEN, message: 'zz' })).status).toBe(400);
    expect((await ask(neg, { filter: { search: 'x' }, message: '61' })).status).toBe(400);
    expect((await ask(events, { ids: ids(updates) })).status).toBe(400);
    expect((await ask(events, 'x'.repeat(2_001))).status).toBe(413);
    expect(lines((await ask(events, { ids: ids(updates.slice(0, 3)) })).text)).toHaveLength(2);
    expect((await fetch(neg)).status).toBe(404);
  });

  test('slows down who asks too much', async () => {
    const { http } = await filled({ limits: { unknownRate: 0.001, unknownBurst: 12, deviceRate: 1, deviceBurst: 50 } });
    const asked = [];
    for (let n = 0; n < 10; n++) asked.push((await ask(`${http}/ids`, { ids: [] })).status);
    expect(asked).toContain(200);
    expect(asked.at(-1)).toBe(429);
  });

  test('lets a page of another origin ask only if it is listed, and tells every browser what it may send', async () => {
    const { http } = await filled({ origins: ['https://status.example.org'] });
    const from = async (origin: string) => (await ask(`${http}/ids`, { ids: [] }, undefined, { origin })).status;
    expect(await from('https://status.example.org')).toBe(200);
    expect(await from('https://evil.example')).toBe(403);
    const preflight = await fetch(`${http}/neg`, { method: 'OPTIONS' });
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
  });
});
