import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { getToken, unpackEventFromToken, validateEvent } from 'nostr-tools/nip98';
import { finalizeEvent } from 'nostr-tools/pure';
import { describe, expect, test } from 'vitest';
import { authorizationOf, misfitOf, readAuthorization } from '../../../src/log/channel/nip98.ts';
import type { SignedEvent } from '../../../src/model/event.ts';
import { keyNumber } from '../signing.ts';

const KEY = keyNumber(7);
const URL = 'https://relay.example.org:8443/neg?x=1';
const QUESTION = { filter: { kinds: [3913] }, message: '61' };
const BODY = JSON.stringify(QUESTION);
const REQUEST = {
  hosts: ['relay.example.org:8443'],
  path: '/neg?x=1',
  method: 'POST',
  payload: bytesToHex(sha256(utf8ToBytes(BODY))),
};
const made = (now = Date.now()) => authorizationOf({ url: URL, method: 'POST', body: BODY }, now, 'once', KEY);
const read = (header: string) => readAuthorization(header) as SignedEvent;

describe('a proof of who sends an HTTP request', () => {
  test('made by us is one for nostr-tools, for this address, method and body alone', async () => {
    const event = await unpackEventFromToken(made());
    expect(await validateEvent(event, URL, 'post', QUESTION)).toBe(true);
    await expect(validateEvent(event, URL, 'get', QUESTION)).rejects.toThrow('method');
    await expect(validateEvent(event, `${URL}2`, 'post', QUESTION)).rejects.toThrow('url');
    await expect(validateEvent(event, URL, 'post', { ...QUESTION, message: '62' })).rejects.toThrow('payload');
  });

  test('made by nostr-tools is one for us', async () => {
    const header = await getToken(URL, 'POST', (event) => finalizeEvent(event, KEY), true, QUESTION);
    expect(misfitOf(read(header), REQUEST, Date.now())).toBeUndefined();
  });

  test('fits one address, one method, one body, and the minute around it', () => {
    const now = 1_795_000_000_000;
    const event = read(made(now));
    expect(misfitOf(event, REQUEST, now)).toBeUndefined();
    expect(misfitOf(event, REQUEST, now + 60_000)).toBeUndefined();
    expect(misfitOf(event, REQUEST, now - 60_000)).toBeUndefined();
    expect(misfitOf(event, REQUEST, now + 61_000)).toContain('60 seconds');
    expect(misfitOf(event, REQUEST, now - 61_000)).toContain('60 seconds');
    expect(misfitOf(event, { ...REQUEST, hosts: ['relay.example.org'] }, now)).toContain('address');
    expect(misfitOf(event, { ...REQUEST, path: '/ids?x=1' }, now)).toContain('address');
    expect(misfitOf(event, { ...REQUEST, path: '/neg' }, now)).toContain('address');
    expect(misfitOf(event, { ...REQUEST, method: 'GET' }, now)).toContain('method');
    expect(misfitOf(event, { ...REQUEST, payload: '00' }, now)).toContain('body');
    expect(misfitOf({ ...event, kind: 22_242 }, REQUEST, now)).toContain('kind');
    expect(misfitOf({ ...event, tags: [] }, REQUEST, now)).toContain('no address');
  });

  test.each(['', 'Basic eDp5', 'Nostr', 'Nostr %%%', 'Nostr e30', `Nostr ${btoa('no json')}`])(
    'reads nothing out of %j that could pass',
    (header) => {
      expect([undefined, {}]).toContainEqual(readAuthorization(header));
    },
  );
});
