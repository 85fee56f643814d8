import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import { signEvent } from '../../../src/log/event.ts';
import { nameAlertRoom, removeDevice, writeRoster } from '../../../src/log/people/roster-writer.ts';
import { openKey } from '../../../src/log/rooms/epoch.ts';
import { keyWriter } from '../../../src/log/rooms/key-writer.ts';
import { writingEpoch } from '../../../src/log/rooms/keyring.ts';
import { MAX_SEALED_BYTES } from '../../../src/log/rooms/room.ts';
import { KIND, tagValue } from '../../../src/model/event.ts';
import { memberNames } from '../../../src/model/members.ts';
import { type Device, exchange, grantOf, openDevice, rootSays } from '../devices.ts';

const texts = (device: Device) => device.rooms.main('room')?.messages.map(({ body }) => body);

async function company() {
  const [ana, ben, cleo] = await Promise.all([openDevice('ana'), openDevice('ben'), openDevice('cleo')]);
  await ana.log.add([rootSays({ grants: [grantOf(ana, 'admin'), grantOf(ben, 'admin'), grantOf(cleo, 'responder')] })]);
  const room = await ana.rooms.create('room', 'Bridge');
  await exchange(ana, ben, cleo);
  return { ana, ben, cleo, room };
}

describe('a room', () => {
  test('is read by everybody it is wrapped to, in the order of what was seen', async () => {
    const { ana, ben, cleo, room } = await company();
    ben.clock.now += 3_600_000;
    await ben.rooms.say(room, 'note', 'Payments time out.');
    await exchange(ana, ben, cleo);
    await ana.rooms.say(room, 'note', 'I take it.');
    await exchange(ana, ben, cleo);
    expect([ana, ben, cleo].map(texts)).toEqual(Array(3).fill(['Payments time out.', 'I take it.']));
    expect(cleo.rooms.main('room')).toMatchObject({ name: 'Bridge', sealedTo: 3, readers: 3, locked: 0 });
    expect(cleo.rooms.get(room)?.messages[0]).toMatchObject({ member: 'member of ben', type: 'note', counts: true });
  });

  test('leaves no word, name or secret in the clear', async () => {
    const { ana, room } = await company();
    await ana.rooms.say(room, 'note', 'Payments time out.');
    const epoch = ana.rooms.epochs(room).current;
    const held = JSON.stringify(ana.log.events());
    for (const word of ['Payments', 'Bridge', bytesToHex(epoch?.secret ?? new Uint8Array())])
      expect(held).not.toContain(word);
  });

  test('gives a newcomer all its history with one wrap and no new epoch', async () => {
    const { ana, ben, room } = await company();
    await ben.rooms.say(room, 'note', 'Before.');
    await exchange(ana, ben);
    const dora = await openDevice('dora');
    await exchange(ana, dora);
    expect(dora.rooms.list()).toEqual([]);
    await writeRoster(ana.log, { grants: [grantOf(dora, 'observer')] });
    await ana.rooms.grant(dora.pk);
    await ana.rooms.grant(dora.pk);
    await exchange(ana, dora);
    expect(texts(dora)).toEqual(['Before.']);
    const keyEvents = dora.log.events().filter((event) => event.kind === KIND.key);
    expect(keyEvents).toHaveLength(2);
    expect(new Set(keyEvents.map((event) => tagValue(event, 'k'))).size).toBe(1);
  });

  test('is closed to a removed device, which keeps what it had; its history stays and it cannot add', async () => {
    const { ana, ben, cleo, room } = await company();
    await cleo.rooms.say(room, 'note', 'Honest.');
    await exchange(ana, ben, cleo);
    await removeDevice(ana.log, ana.rooms, cleo.pk);
    await ana.rooms.say(room, 'note', 'Without Cleo.');
    await cleo.rooms.say(room, 'note', 'From a thief.');
    await exchange(ana, ben, cleo);
    expect(texts(cleo)).not.toContain('Without Cleo.');
    expect(cleo.rooms.get(room)?.locked).toBe(1);
    const seen = ben.rooms.get(room)?.messages.map(({ body, counts }) => [body, counts]);
    expect(seen).toEqual(
      expect.arrayContaining([
        ['Honest.', true],
        ['Without Cleo.', true],
        ['From a thief.', false],
      ]),
    );
    expect(ben.rooms.get(room)).toMatchObject({ sealedTo: 2, readers: 2 });
  });

  test('gets a new epoch from the next writer when a removal came without one', async () => {
    const { ana, ben, cleo, room } = await company();
    const before = ben.rooms.epochs(room).current?.k;
    await writeRoster(ana.log, { removes: [{ pk: cleo.pk, cut: {} }] });
    await exchange(ana, ben, cleo);
    await ben.rooms.say(room, 'note', 'Sealed anew.');
    await exchange(ana, ben, cleo);
    expect(ben.rooms.epochs(room).current?.k).not.toBe(before);
    expect([texts(ana), texts(cleo)]).toEqual([['Sealed anew.'], []]);
  });

  test('stays whole when two admins make new epochs at once', async () => {
    const { ana, ben, cleo, room } = await company();
    await Promise.all([removeDevice(ana.log, ana.rooms, cleo.pk), removeDevice(ben.log, ben.rooms, cleo.pk)]);
    await ana.rooms.say(room, 'note', 'by Ana');
    await ben.rooms.say(room, 'note', 'by Ben');
    await exchange(ana, ben, cleo);
    expect(texts(ana)?.toSorted()).toEqual(['by Ana', 'by Ben']);
    expect(texts(ben)).toEqual(texts(ana));
    expect(ana.rooms.epochs(room).current?.k).toBe(ben.rooms.epochs(room).current?.k);
    expect(texts(cleo)).toEqual([]);
  });

  test('refuses what is too long, in a sentence, and cleans what a terminal left in a text', async () => {
    const { ana, room } = await company();
    await expect(ana.rooms.say(room, 'note', 'x'.repeat(MAX_SEALED_BYTES))).rejects.toThrow('longer than 40 kB');
    await ana.rooms.say(room, 'note', { text: 'red \u001b[31malert\r\nnext' });
    expect(texts(ana)).toEqual([{ text: 'red alert\nnext' }]);
  });

  test('is not to be had by a wrap of another secret, nor by a stranger', async () => {
    const { ana, room } = await company();
    const stranger = await openDevice('stranger');
    await exchange(ana, stranger);
    const real = ana.log.events().find((event) => event.kind === KIND.key);
    const tags = [...(real?.tags ?? [])].map((tag) => (tag[0] === 'k' ? ['k', stranger.pk] : [...tag]));
    const swapped = signEvent({ created_at: 1, kind: KIND.key, tags, content: real?.content ?? '' }, ana.secret);
    expect(openKey(swapped, ana.secret, ana.pk)).toBeUndefined();
    const foreign = signEvent(
      {
        created_at: 1,
        kind: KIND.sealed,
        tags: [
          ['o', ana.log.org],
          ['d', `lb1:${room}`],
          ['k', stranger.pk],
        ],
        content: 'x',
      },
      stranger.secret,
    );
    await ana.log.add([swapped, foreign]);
    expect(ana.rooms.get(room)?.messages).toEqual([]);
    expect(ana.rooms.epochs(room).all).toHaveLength(1);
  });

  test('asks for a new epoch when a removed key is among the wrapped', async () => {
    const { ana, ben } = await company();
    const keys = {
      id: '',
      purpose: 'room' as const,
      name: '',
      epochs: new Map([['k', { k: 'k', secret: ana.secret }]]),
      wrapped: new Map([['k', new Set([ana.pk, ben.pk])]]),
      begunByAdmin: true,
    };
    const roster = ana.log.roster();
    expect(writingEpoch(keys, roster)?.k).toBe('k');
    expect(writingEpoch(keys, { ...roster, removed: new Set([ben.pk]) })).toBeUndefined();
  });
});

test('names are told in the room by admins and by members themselves, not by others', async () => {
  const { ana, cleo, room } = await company();
  await ana.rooms.say(room, 'member', { member: 'member of ana', name: 'Ana' });
  await ana.rooms.say(room, 'member', { member: 'member of cleo', name: 'Cleo' });
  await exchange(ana, cleo);
  await cleo.rooms.say(room, 'member', { member: 'member of ana', name: 'Mallory' });
  await cleo.rooms.say(room, 'member', { member: 'member of cleo', name: 'Cleo K.' });
  await exchange(ana, cleo);
  const names = memberNames(ana.rooms.get(room)?.messages ?? [], ana.log.roster());
  expect(Object.fromEntries(names)).toEqual({ 'member of ana': 'Ana', 'member of cleo': 'Cleo K.' });
});

describe('the room that all members share', () => {
  const LOWEST = '0'.repeat(32);

  test.each(['room', 'vault'] as const)('is no responder’s %s with a lower id', async (purpose) => {
    const { ana, ben, cleo } = await company();
    const shared = purpose === 'room' ? ana.rooms.main('room')?.id : await ana.rooms.create('vault', 'Vault');
    await keyWriter(cleo.log, cleo.secret).first(LOWEST, purpose, 'Mine');
    await exchange(ana, ben, cleo);
    const mains = () => [ana, ben, cleo].map(({ rooms }) => rooms.main(purpose)?.id);
    expect(ana.rooms.list().map(({ id }) => id)).toContain(LOWEST);
    expect(mains()).toEqual(Array(3).fill(shared));
    // An admin's wraps and new epochs in it do not make it an admin's.
    const dora = await openDevice('dora');
    await writeRoster(ana.log, { grants: [grantOf(dora, 'observer')] });
    await ana.rooms.grant(dora.pk);
    await ana.rooms.renew();
    await exchange(ana, ben, cleo, dora);
    expect([...mains(), dora.rooms.main(purpose)?.id]).toEqual(Array(4).fill(shared));
  });

  test('is the one that the roster names, whoever began it and whatever its id', async () => {
    const { ana, ben, cleo, room } = await company();
    await nameAlertRoom(ana.log, ana.rooms);
    await keyWriter(ben.log, ben.secret).first(LOWEST, 'room', 'Another');
    await exchange(ana, ben, cleo);
    expect([ana, ben, cleo].map(({ rooms }) => rooms.main('room')?.id)).toEqual(Array(3).fill(room));
  });

  test('is a responder’s where no admin began one', async () => {
    const [ana, cleo] = await Promise.all([openDevice('ana'), openDevice('cleo')]);
    await ana.log.add([rootSays({ grants: [grantOf(ana, 'admin'), grantOf(cleo, 'responder')] })]);
    await exchange(ana, cleo);
    const room = await cleo.rooms.create('room', 'Bridge');
    await exchange(ana, cleo);
    expect(ana.rooms.main('room')?.id).toBe(room);
  });

  test('is neither renamed nor made a vault by a responder', async () => {
    const { ana, cleo } = await company();
    // Of so many, some ids are lower than those of the admin's words.
    const ids = await Promise.all(Array.from({ length: 20 }, () => ana.rooms.create('room', 'War room')));
    await exchange(ana, cleo);
    for (const id of ids) await keyWriter(cleo.log, cleo.secret).first(id, 'vault', 'Mine');
    await exchange(ana, cleo);
    expect(new Set(ids.map((id) => ana.rooms.get(id)?.name))).toEqual(new Set(['War room']));
    expect(ana.rooms.main('vault')).toBeUndefined();
  });
});
