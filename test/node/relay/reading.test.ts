import { describe, expect, test, vi } from 'vitest';
import { createIndex, initiate, reconcile } from '../../../src/log/negentropy/negentropy.ts';
import { chainName, KIND, type SignedEvent } from '../../../src/model/event.ts';
import type { Client } from './client.ts';
import {
  admin,
  type Device,
  device,
  firstRoster,
  org,
  ROOM,
  responder,
  root,
  roster,
  STATUS,
  sealed,
  stranger,
  TIME,
  update,
  watcher,
} from './organisation.ts';
import { client, now, relay } from './running.ts';

const updates = Array.from({ length: 5 }, (_, n) => update(responder, `update ${n}`, { created_at: TIME + n }));
const SEALED = { kinds: [KIND.key, KIND.sealed], '#o': [org] };
const OPEN = { kinds: [KIND.join, KIND.roster, KIND.public], '#o': [org] };

async function filled(events: readonly SignedEvent[] = [firstRoster, ...updates], options = {}) {
  const running = await relay({ now: Date.now, ...options });
  const one = await client(running.url);
  for (const event of events) expect(await one.publish(event)).toEqual([true, '']);
  return { ...running, one };
}

describe('reading from a relay', () => {
  test('answers newest first, with limits, ids, authors, times and tags', async () => {
    const { one } = await filled();
    const newest = updates.toReversed();
    expect(await one.fetch({ kinds: [KIND.public] })).toEqual(newest);
    expect(await one.fetch({ kinds: [KIND.public], limit: 2 })).toEqual(newest.slice(0, 2));
    expect(await one.fetch({ limit: 0 })).toEqual([]);
    expect(await one.fetch({ ids: updates.slice(1, 3).map(({ id }) => id) })).toEqual(updates.slice(1, 3).toReversed());
    expect(await one.fetch({ authors: [root.pk] }, { ids: [firstRoster.id] })).toEqual([firstRoster]);
    expect(await one.fetch({ since: TIME + 2, until: TIME + 3 })).toEqual([updates[3], updates[2]]);
    expect(await one.fetch({ '#d': [STATUS], '#o': [org], limit: 1 })).toEqual([updates[4]]);
    expect(await one.fetch({ '#o': ['0'.repeat(32)] })).toEqual([]);
    expect(await one.fetch({ kinds: [1] })).toEqual([]);
    expect(await one.fetch({ search: 'x' })).toMatch(/^invalid:/);
    expect(await one.fetch({ ids: ['abc'] })).toMatch(/^invalid:/);
  });

  test('sends live events to those whose filters match, tags included, and to nobody after CLOSE', async () => {
    const { one, url } = await filled([firstRoster]);
    const reader = await client(url);
    reader.say('REQ', 'status', { '#d': [STATUS], limit: 0 });
    reader.say('REQ', 'other', { '#d': ['lb1:other'], kinds: [KIND.public] });
    reader.say('REQ', 'gone', { kinds: [KIND.public] });
    reader.say('CLOSE', 'gone');
    await reader.next('EOSE', 'other');
    await one.publish(update(responder, 'live'));
    expect(await reader.next('EVENT')).toEqual(['EVENT', 'status', update(responder, 'live')]);
    await one.publish(update(responder, 'other', { d: 'lb1:other' }));
    expect(await reader.next('EVENT')).toEqual(['EVENT', 'other', update(responder, 'other', { d: 'lb1:other' })]);
    expect(reader.frames.filter(([word]) => word === 'EVENT')).toEqual([]);
  });

  test('shows sealed kinds to members who proved themselves, and to nobody else', async () => {
    const secret = sealed(responder);
    const { url, one } = await filled([firstRoster, secret]);
    expect(await one.fetch(SEALED)).toMatch(/^auth-required:/);
    expect(await one.fetch({ kinds: [KIND.sealed, KIND.public] })).toMatch(/^auth-required:/);
    expect(await one.fetch({})).toEqual([firstRoster]);
    for (const other of [stranger, watcher]) {
      const outsider = await client(url);
      expect(await outsider.authenticate(other)).toEqual([true, '']);
      expect(await outsider.fetch(SEALED)).toMatch(/^restricted:/);
      expect(await outsider.fetch({ ids: [secret.id] })).toEqual([]);
    }
    const member = await client(url);
    expect(await member.authenticate(responder)).toEqual([true, '']);
    expect(await member.fetch(SEALED)).toEqual([secret]);
    expect(await member.fetch({ kinds: [KIND.sealed], '#d': [ROOM] }, OPEN)).toHaveLength(2);
    expect(await member.fetch({ kinds: [KIND.sealed, KIND.public] })).toMatch(/^restricted:/);
  });

  test('believes only an answer to its own challenge, made for this relay, now', async () => {
    const { url } = await filled([firstRoster]);
    const refused = [false, expect.stringContaining('invalid:')];
    const one = await client(url);
    expect(await one.authenticate(responder, 'wss://elsewhere.example')).toEqual(refused);
    expect(await one.authenticate(responder, url, 1_700_000_000)).toEqual(refused);
    const other = await client(url);
    const [, challenge] = await other.next('AUTH');
    one.frames.unshift(['AUTH', challenge]);
    expect(await one.authenticate(responder)).toEqual(refused);
    expect(await one.fetch(SEALED)).toMatch(/^auth-required:/);
    const named = await filled([firstRoster], { hosts: ['relay.example.org'] });
    expect(await named.one.authenticate(responder)).toEqual(refused);
    expect(await named.one.authenticate(responder, 'wss://relay.example.org/')).toEqual([true, '']);
  });

  test('stops showing sealed kinds to a device at the moment when it is removed', async () => {
    const { url, one } = await filled([firstRoster]);
    const member = await client(url);
    await member.authenticate(responder);
    member.say('REQ', 'room', SEALED);
    member.say('REQ', 'status', OPEN);
    await member.next('EOSE', 'status');
    await one.publish(sealed(admin));
    await member.next('EVENT', 'room');
    await one.publish(roster(admin, { removes: [{ pk: responder.pk, cut: {} }] }));
    expect(await member.next('CLOSED', 'room')).toEqual(['CLOSED', 'room', expect.stringContaining('restricted:')]);
    await one.publish(sealed(admin, { created_at: TIME + 1 }));
    await one.publish(update(admin, 'still open'));
    await vi.waitFor(() => expect(member.frames).toContainEqual(['EVENT', 'status', update(admin, 'still open')]));
    expect(member.frames.filter(([word, name]) => word === 'EVENT' && name === 'room')).toEqual([]);
    expect(await member.fetch(SEALED)).toMatch(/^restricted:/);
  });
});

/** Reconciles as a channel does: NEG-OPEN, then NEG-MSG until both sets are known. */
async function sync(one: Client, filter: object, held: readonly SignedEvent[]) {
  const index = createIndex();
  for (const { created_at, id } of held) index.insert(created_at, id);
  const found = { have: [] as string[], need: [] as string[] };
  one.say('NEG-OPEN', 'sync', filter, initiate(index));
  for (;;) {
    const [, , answer] = await one.next('NEG-MSG', 'sync');
    const { have, need, next } = reconcile(index, String(answer));
    found.have.push(...have);
    found.need.push(...need);
    if (next === null) break;
    one.say('NEG-MSG', 'sync', next);
  }
  one.say('NEG-CLOSE', 'sync');
  return found;
}

describe('reconciling with a relay', () => {
  const sealedOnes: readonly [Device, number][] = [
    [admin, 1],
    [responder, 2],
    [responder, 3],
  ];
  const secrets = sealedOnes.map(([author, n]) => sealed(author, { created_at: TIME + n }));

  test('tells what each side lacks: open kinds to all, sealed kinds to members', async () => {
    const { one } = await filled([firstRoster, ...updates, ...secrets]);
    const own = update(responder, 'only here');
    const found = await sync(one, OPEN, [own, ...updates.slice(1)]);
    expect(found).toEqual({ have: [own.id], need: expect.arrayContaining([firstRoster.id, updates[0]?.id]) });
    one.say('NEG-OPEN', 'sealed', SEALED, initiate(createIndex()));
    expect((await one.next('NEG-ERR', 'sealed'))[2]).toMatch(/^auth-required:/);
    await one.authenticate(responder);
    expect((await sync(one, SEALED, [])).need.sort()).toEqual(secrets.map(({ id }) => id).sort());
    expect((await sync(one, { kinds: [KIND.sealed], authors: [admin.pk] }, [])).need).toEqual([secrets[0]?.id]);
    expect((await sync(one, { ...OPEN, '#d': [chainName.roster(org)] }, [])).need).toEqual([firstRoster.id]);
  });

  test('sees what came in since it was opened', async () => {
    const { one } = await filled();
    const index = createIndex();
    one.say('NEG-OPEN', 'x', OPEN, initiate(index));
    await one.next('NEG-MSG', 'x');
    const late = update(responder, 'late');
    await one.publish(late);
    one.say('NEG-MSG', 'x', initiate(index));
    const [, , answer] = await one.next('NEG-MSG', 'x');
    expect(reconcile(index, String(answer)).need).toContain(late.id);
  });

  test('answers nonsense with NEG-ERR', async () => {
    const { one } = await filled([firstRoster]);
    one.say('NEG-OPEN', 'a', OPEN, '6100');
    expect((await one.next('NEG-ERR', 'a'))[2]).toMatch(/^invalid:/);
    one.say('NEG-MSG', 'a', '61');
    expect((await one.next('NEG-ERR', 'a'))[2]).toMatch(/^closed:/);
    one.say('NEG-OPEN', 'b', 7, '61');
    expect((await one.next('NEG-ERR', 'b'))[2]).toMatch(/^invalid:/);
    one.say('NEG-OPEN', 'c', OPEN, '62');
    expect(await one.next('NEG-MSG', 'c')).toEqual(['NEG-MSG', 'c', '61']);
  });
});

describe('the limits of a relay', () => {
  test('slows down unknown writers, and lets devices of the organisation write faster', async () => {
    const limits = { unknownRate: 1, unknownBurst: 4, deviceRate: 1, deviceBurst: 100 };
    const { one } = await filled([firstRoster, ...updates.slice(0, 2)], { limits, now });
    expect(await one.authenticate(responder, undefined, TIME)).toEqual([true, '']);
    expect(await one.publish(updates[3] ?? firstRoster)).toEqual([true, '']);
    const { one: unknown } = await filled([firstRoster, ...updates.slice(0, 3)], { limits, now });
    expect(await unknown.publish(updates[3] ?? firstRoster)).toEqual([false, expect.stringContaining('rate-limited:')]);
  });

  test('bounds filters, subscriptions and connections, and counts those of devices apart', async () => {
    const { one, url } = await filled([firstRoster], {
      limits: { filtersPerRequest: 2, subscriptions: 3, connections: 2 },
    });
    expect(await one.fetch({}, {}, {})).toMatch(/^invalid:/);
    for (const name of ['a', 'b', 'c', 'a', 'd']) one.say('REQ', name, { limit: 0 });
    expect((await one.next('CLOSED', 'd'))[2]).toMatch(/^rate-limited:/);
    const two = await client(url);
    await expect(client(url)).rejects.toThrow('429');
    await two.authenticate(responder);
    const three = await client(url);
    await three.authenticate(device(4711));
    await expect(client(url)).rejects.toThrow('429');
  });

  test('lets a web page of another origin in only if it is listed', async () => {
    const { url } = await relay({ origins: ['https://status.example.org'] });
    await client(url);
    await client(url, { origin: 'https://status.example.org' });
    await expect(client(url, { origin: 'https://evil.example' })).rejects.toThrow('403');
  });

  test('believes X-Forwarded-For only of a listed proxy', async () => {
    const { parseNetworks } = await import('../../../src/node/relay/address.ts');
    const behind = parseNetworks(['127.0.0.0/8', '::1']);
    if (behind === undefined) throw new Error('these are networks');
    const proxied = await relay({ limits: { connections: 1 }, behind });
    await client(proxied.url, { 'x-forwarded-for': '198.51.100.1' });
    await client(proxied.url, { 'x-forwarded-for': '198.51.100.7, 198.51.100.2, 127.0.0.9' });
    await expect(client(proxied.url, { 'x-forwarded-for': '198.51.100.2' })).rejects.toThrow('429');
    const direct = await relay({ limits: { connections: 1 } });
    await client(direct.url, { 'x-forwarded-for': '198.51.100.1' });
    await expect(client(direct.url, { 'x-forwarded-for': '198.51.100.2' })).rejects.toThrow('429');
  });

  test('lets the slowest reader go when too much waits to be sent', async () => {
    const big = Array.from({ length: 40 }, (_, n) => update(responder, 'x'.repeat(60_000), { created_at: TIME + n }));
    const { one, url } = await filled([firstRoster, ...big], { limits: { outbound: 1_000_000 } });
    const greedy = await client(url);
    greedy.say('REQ', 'all', {});
    await expect.poll(() => greedy.isOpen, { timeout: 5_000 }).toBe(false);
    expect(await one.publish(update(responder, 'others go on'))).toEqual([true, '']);
  });

  test('says so when an answer would be too large', async () => {
    const big = Array.from({ length: 5 }, (_, n) => update(responder, 'x'.repeat(50_000), { created_at: TIME + n }));
    const { one } = await filled([firstRoster, ...big], { limits: { answer: 200_000 } });
    expect(await one.fetch({})).toMatch(/^error: too much/);
    expect(await one.fetch({ limit: 2 })).toHaveLength(2);
  });
});
