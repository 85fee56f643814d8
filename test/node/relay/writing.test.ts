import { describe, expect, test } from 'vitest';
import { chainName, KIND } from '../../../src/model/event.ts';
import { pulsePlaces } from '../../../src/model/pulse-place.ts';
import {
  admin,
  firstRoster,
  invite,
  org,
  publisher,
  ROOM,
  responder,
  root,
  roster,
  sealed,
  sign,
  stranger,
  TIME,
  update,
  watcher,
} from './organisation.ts';
import { client, now, relay } from './running.ts';

describe('writing to a relay', () => {
  test('accepts the root at once, a granted device after its roster, and a stranger never', async () => {
    const one = await client((await relay({ now })).url);
    const early = update(responder, 'too early');
    expect(await one.publish(early)).toEqual([false, expect.stringContaining('restricted:')]);
    expect(await one.publish(firstRoster)).toEqual([true, '']);
    expect(await one.publish(early)).toEqual([true, '']);
    expect(await one.publish(early)).toEqual([true, expect.stringContaining('duplicate:')]);
    expect(await one.publish(update(stranger, 'hello'))).toEqual([
      false,
      expect.stringMatching(/^restricted: .*not in the roster/),
    ]);
  });

  test('holds each role to what it may sign', async () => {
    const one = await client((await relay({ now })).url);
    await one.publish(firstRoster);
    const refused = [false, expect.stringContaining('restricted:')];
    const say = (type: string) => JSON.stringify({ v: 1, type, body: {} });
    expect(await one.publish(sealed(responder))).toEqual([true, '']);
    expect(await one.publish(sealed(publisher))).toEqual(refused);
    expect(await one.publish(update(watcher, 'x'))).toEqual(refused);
    expect(await one.publish(sign(watcher, { kind: KIND.public, content: say('observation') }))).toEqual([true, '']);
    expect(await one.publish(sign(responder, { kind: KIND.public, content: say('page') }))).toEqual(refused);
    expect(await one.publish(sign(responder, { kind: KIND.public, content: 'no json' }))).toEqual([
      false,
      expect.stringContaining('invalid:'),
    ]);
    expect(await one.publish(roster(responder, { removes: [] }))).toEqual(refused);
    expect(await one.publish(sign(root, { kind: KIND.public, content: say('incident.update') }))).toEqual(refused);
    const join = { kind: KIND.join, d: chainName.join(org), content: 'sealed' };
    expect(await one.publish(sign(invite, join))).toEqual([true, '']);
    expect(await one.publish(sign(stranger, join))).toEqual(refused);
  });

  test('refuses what is malformed, too large, forged or not kept here, and the connection lives on', async () => {
    const one = await client((await relay({ now })).url);
    await one.publish(firstRoster);
    const good = update(responder, 'the good one');
    const invalid = [false, expect.stringContaining('invalid:')];
    const blocked = [false, expect.stringContaining('blocked:')];
    expect(await one.publish({ ...good, content: good.content.replace('good', 'evil') })).toEqual(invalid);
    expect(await one.publish({ ...good, sig: `${'0'.repeat(127)}1` })).toEqual(invalid);
    expect(await one.publish({ ...good, tags: 'none' as never })).toEqual(invalid);
    expect(await one.publish(update(responder, 'x'.repeat(70_000)))).toEqual(invalid);
    expect(await one.publish(update(responder, 'x'.repeat(300_000)))).toEqual(invalid);
    expect(await one.publish(update(responder, 'x', { tags: [['expiration', '1']] }))).toEqual(invalid);
    expect(await one.publish(update(responder, 'x', { created_at: 1_500_000_000 }))).toEqual(invalid);
    expect(await one.publish(update(responder, 'x', { created_at: 4_200_000_000 }))).toEqual(invalid);
    expect(await one.publish(sign(responder, { kind: 5, content: '', tags: [['e', good.id]] }))).toEqual(blocked);
    expect(await one.publish(sign(responder, { kind: 62, content: '' }))).toEqual(blocked);
    expect(await one.publish(sign(responder, { kind: 1, content: 'hello' }))).toEqual(blocked);
    for (const text of ['', 'no json', '{}', '[]', '["NONSENSE"]', '["EVENT"', '["REQ"]', '['.repeat(100_000)]) {
      one.sayText(text);
      await one.next('NOTICE');
    }
    for (const value of [undefined, null, 7, 'text', { content: 1 }, []]) {
      one.say('EVENT', value);
      await one.next('OK', '', false);
    }
    // Nested without end: what recurses over it must not take the relay down.
    const endless = `${'['.repeat(60_000)}${']'.repeat(60_000)}`;
    for (const text of [`["EVENT",${endless}]`, `["EVENT",{"id":"","tags":[${endless}]}]`, `["AUTH",${endless}]`]) {
      one.sayText(text);
      await one.next('OK', '', false);
    }
    one.sayText(`[${endless}]`);
    await one.next('NOTICE');
    expect(await one.publish(good)).toEqual([true, '']);
    expect(await one.fetch({ kinds: [KIND.public] })).toEqual([good]);
  }, 15_000);

  test('takes an honest event after a forged copy with the same id', async () => {
    const url = (await relay({ now })).url;
    const [thief, honest] = [await client(url), await client(url)];
    await honest.publish(firstRoster);
    const event = update(responder, 'true');
    expect((await thief.publish({ ...event, sig: event.sig.replace(/^../, '00') }))[0]).toBe(false);
    expect(await honest.publish(event)).toEqual([true, '']);
    // Nor does a forged copy of what is stored pass for it: only after the signature does the id say anything.
    const [accepted, reason] = await thief.publish({ ...event, sig: event.sig.replace(/^../, '00') });
    expect([accepted, reason]).toEqual([false, expect.stringMatching(/^invalid:/)]);
  });

  test('takes of a removed device only what lies behind its cut, in any order, and nothing new', async () => {
    const one = await client((await relay({ now })).url);
    const first = update(responder, 'one');
    const second = update(responder, 'two', { previous: first });
    const third = update(responder, 'three', { previous: second });
    const unseen = update(responder, 'by the thief', { previous: third });
    const removal = roster(admin, { removes: [{ pk: responder.pk, cut: { [third.tags[1]?.[1] ?? '']: [third.id] } }] });
    await one.publish(firstRoster);
    await one.publish(removal);
    expect(await one.publish(unseen)).toEqual([false, 'restricted: this device was removed']);
    expect(await one.publish(first)).toEqual([false, 'restricted: this device was removed']);
    expect(await one.publish(third)).toEqual([true, '']);
    expect(await one.publish(second)).toEqual([true, '']);
    // The first one waited, and came in when the second proved it.
    expect(await one.publish(first)).toEqual([true, expect.stringContaining('duplicate:')]);
    expect(await one.publish(unseen)).toEqual([false, 'restricted: this device was removed']);
    expect(await one.publish(sealed(responder))).toEqual([false, 'restricted: this device was removed']);
    // A removal in the room counts by that room's next key.
    const secret = sealed(responder, { created_at: TIME + 1 });
    const content = `{"cuts":[{"ids":["${secret.id}"],"pk":"${responder.pk}"}],"v":1}`;
    expect(await one.publish(sign(admin, { kind: KIND.key, d: ROOM, content }))).toEqual([true, '']);
    expect(await one.publish(secret)).toEqual([true, '']);
  });

  test('takes rosters that chain to the root even from a removed admin', async () => {
    const one = await client((await relay({ now })).url);
    await one.publish(firstRoster);
    await one.publish(roster(root, { removes: [{ pk: admin.pk, cut: {} }] }));
    expect(await one.publish(roster(admin, { removes: [{ pk: watcher.pk, cut: {} }] }))).toEqual([true, '']);
    expect((await one.publish(update(admin, 'x')))[0]).toBe(false);
  });

  test('refuses what is purged as long as the purge counts, and takes it again when it does not', async () => {
    const one = await client((await relay({ now })).url);
    await one.publish(firstRoster);
    const leak = update(responder, 'a secret');
    expect(await one.publish(leak)).toEqual([true, '']);
    expect(await one.publish(roster(root, { purges: [leak.id] }))).toEqual([true, '']);
    expect(await one.publish(leak)).toEqual([false, expect.stringContaining('blocked: purged')]);
    const grants = [{ pk: responder.pk, member: 'cleo', roles: ['responder'] }];
    expect(await one.publish(roster(root, { gen: 1, grants }))).toEqual([true, '']);
    expect(await one.publish(leak)).toEqual([true, '']);
  });

  test('keeps of an addressable chain the newest, and none from far ahead', async () => {
    const one = await client((await relay({ now })).url);
    await one.publish(firstRoster);
    const pulse = (created_at: number, content: string) =>
      sign(watcher, { kind: KIND.pulse, d: chainName.pulse(org, 'here'), created_at, content });
    const newer = pulse(TIME, 'newer');
    expect(await one.publish(pulse(TIME - 10, 'older'))).toEqual([true, '']);
    expect(await one.publish(newer)).toEqual([true, '']);
    expect(await one.publish(pulse(TIME - 5, 'late'))).toEqual([false, expect.stringContaining('replaced:')]);
    expect(await one.publish(pulse(TIME + 16 * 60, 'ahead'))).toEqual([false, expect.stringContaining('invalid:')]);
    expect(await one.publish(pulse(TIME + 14 * 60, 'a little ahead'))).toEqual([true, '']);
    expect(await one.fetch({ kinds: [KIND.pulse] })).toHaveLength(1);
  });

  test('takes the parts of a pulse in their places, and lets a watcher fill no others', async () => {
    const one = await client((await relay({ now })).url);
    await one.publish(firstRoster);
    const pulse = (d: string) => one.publish(sign(watcher, { kind: KIND.pulse, d, content: d }));
    const places = pulsePlaces(org, 'here');
    for (const place of places) expect(await pulse(place)).toEqual([true, '']);
    const aside = [chainName.pulse(org, 'here', places.length + 1), chainName.pulse(org, 'there'), `${places[1]}:x`];
    for (const d of aside) expect(await pulse(d)).toEqual([false, expect.stringContaining('restricted: a pulse lies')]);
    expect(await one.fetch({ kinds: [KIND.pulse] })).toHaveLength(places.length);
  });

  test('keeps one organisation only', async () => {
    const other = await client((await relay({ now, root: stranger.pk })).url);
    expect(await other.publish(firstRoster)).toEqual([false, 'invalid: it belongs to another organisation']);
  });

  test('answers the same event sent twice at once twice, and stores it once', async () => {
    const one = await client((await relay({ now })).url);
    one.say('EVENT', firstRoster);
    one.say('EVENT', firstRoster);
    expect(
      [await one.next('OK', firstRoster.id), await one.next('OK', firstRoster.id)].map((frame) => frame[2]),
    ).toEqual([true, true]);
    expect(await one.fetch({})).toEqual([firstRoster]);
  });
});
