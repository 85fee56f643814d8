import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { chainName, KIND } from '../../../src/model/event.ts';
import { firstRoster, responder, sign, update } from './organisation.ts';
import { freshDatabase } from './relay-child.ts';
import { client, now, relay } from './running.ts';

// Each is a fault of another relay of the registry, measured there; this one must not have it.
async function started(options = {}) {
  const running = await relay({ now, ...options });
  const one = await client(running.url);
  await one.publish(firstRoster);
  return { ...running, one };
}

describe('faults of other relays that this one does not have', () => {
  test('live events go to those alone whose tag filters match', async () => {
    const { one, url } = await started();
    const [mine, theirs] = [await client(url), await client(url)];
    mine.say('REQ', 'mine', { kinds: [KIND.public], '#x': ['mine'] });
    theirs.say('REQ', 'theirs', { kinds: [KIND.public], '#x': ['theirs'] });
    await Promise.all([mine.next('EOSE'), theirs.next('EOSE')]);
    const [first, second] = ['mine', 'theirs'].map((x) => update(responder, x, { tags: [['x', x]] }));
    if (first !== undefined) await one.publish(first);
    if (second !== undefined) await one.publish(second);
    expect(await theirs.next('EVENT')).toEqual(['EVENT', 'theirs', second]);
    expect(await mine.next('EVENT')).toEqual(['EVENT', 'mine', first]);
    expect([...mine.frames, ...theirs.frames].filter(([word]) => word === 'EVENT')).toEqual([]);
  });

  test('a copy with a bad signature poisons no id, however often and however soon it comes', async () => {
    const { one, url } = await started();
    const thief = await client(url);
    const event = update(responder, 'true');
    const forged = { ...event, sig: event.sig.replace(/^../, event.sig.startsWith('00') ? '01' : '00') };
    for (let n = 0; n < 20; n++) thief.say('EVENT', forged);
    one.say('EVENT', event);
    thief.say('EVENT', forged);
    expect((await one.next('OK', event.id))[2]).toBe(true);
    for (let n = 0; n < 21; n++) expect((await thief.next('OK', event.id))[2]).toBe(false);
    expect(await one.fetch({ ids: [event.id] })).toEqual([event]);
  });

  test('nothing is acknowledged that is not stored, also after the store was wiped under the relay', async () => {
    const db = freshDatabase();
    const { one } = await started({ db });
    const event = update(responder, 'once more');
    expect(await one.publish(event)).toEqual([true, '']);
    const other = new DatabaseSync(db);
    other.exec('DELETE FROM event; DELETE FROM tag');
    other.close();
    expect(await one.publish(event)).toEqual([true, '']);
    expect(await one.fetch({ ids: [event.id] })).toEqual([event]);
  });

  test('an event that was acknowledged is in the very next answer, whoever asked the same before', async () => {
    const { one, url } = await started();
    for (let n = 0; n < 30; n++) {
      const reader = await client(url);
      const before = await reader.fetch({ kinds: [KIND.public] });
      const event = update(responder, `${n}`);
      expect(await one.publish(event)).toEqual([true, '']);
      expect(await reader.fetch({ kinds: [KIND.public] })).toHaveLength(before.length + 1);
      reader.close();
    }
  });

  test('deletion requests and delegations are refused and remove nothing', async () => {
    const { one } = await started();
    const event = update(responder, 'stays');
    await one.publish(event);
    for (const kind of [5, 62]) {
      const request = sign(responder, {
        kind,
        content: '',
        tags: [
          ['e', event.id],
          ['relay', 'ALL_RELAYS'],
        ],
      });
      expect(await one.publish(request)).toEqual([false, expect.stringMatching(/^blocked: /)]);
    }
    const delegation = ['delegation', responder.pk, 'kind=3914', '0'.repeat(128)];
    expect(await one.publish(update(responder, 'for another', { tags: [delegation] }))).toEqual([
      false,
      expect.stringMatching(/^invalid: .*forbidden tag/),
    ]);
    expect(await one.fetch({ ids: [event.id] })).toEqual([event]);
    expect(await one.fetch({ '#d': [chainName.room('0')] })).toEqual([]);
  });
});
