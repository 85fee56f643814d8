import { expect, test } from 'vitest';
import { nameAlertRoom, removeDevice, writeRoster } from '../../../src/log/people/roster-writer.ts';
import { createBlindWriter } from '../../../src/log/rooms/blind-writer.ts';
import { KIND } from '../../../src/model/event.ts';
import { exchange, grantOf, openDevice, rootSays } from '../devices.ts';

async function watched() {
  const [ana, ben, probe] = await Promise.all([openDevice('ana'), openDevice('ben'), openDevice('probe')]);
  const grants = [grantOf(ana, 'admin'), grantOf(ben, 'responder'), { ...grantOf(probe, 'watcher'), vantage: 'paris' }];
  await ana.log.add([rootSays({ grants })]);
  const room = await ana.rooms.create('room', 'Bridge');
  await exchange(ana, ben);
  // Relays serve rooms to reading roles alone, so a watcher holds nothing of them.
  const open = () => ana.log.events().filter(({ kind }) => kind === KIND.roster);
  await probe.log.add(open());
  return { ana, ben, probe, room, open, write: createBlindWriter(probe.log, probe.secret) };
}

test('a watcher seals alerts that every reader opens and that it cannot read itself', async () => {
  const { ana, ben, probe, room, open, write } = await watched();
  await expect(write('alert', { text: 'down' })).rejects.toThrow('No room takes alerts yet');
  await nameAlertRoom(ana.log, ana.rooms);
  await probe.log.add(open());
  await write('alert', { text: 'Payments are down.' });
  await write('alert', { text: 'Payments are back.' });
  await exchange(ana, ben, probe);
  for (const device of [ana, ben]) {
    const messages = device.rooms.get(room)?.messages.map(({ body, member, counts }) => [body, member, counts]);
    expect(messages).toEqual([
      [{ text: 'Payments are down.' }, 'member of probe', true],
      [{ text: 'Payments are back.' }, 'member of probe', true],
    ]);
  }
  await ana.rooms.grant(probe.pk);
  await exchange(ana, probe);
  expect(probe.rooms.list()).toEqual([]);
});

test('a watcher may seal alerts and mirrored messages, and nothing else counts', async () => {
  const { ana, room, probe, open, write } = await watched();
  await nameAlertRoom(ana.log, ana.rooms);
  await probe.log.add(open());
  await (write as (type: string, body: unknown) => Promise<unknown>)('note', 'I speak as a person.');
  await write('mirror', 'from the chat');
  await exchange(ana, probe);
  expect(ana.rooms.get(room)?.messages.map(({ type }) => type)).toEqual(['mirror']);
});

test('a watcher goes on with the epoch that a removal makes, and waits rather than seal to a removed device', async () => {
  const { ana, ben, probe, room, open, write } = await watched();
  await nameAlertRoom(ana.log, ana.rooms);
  await removeDevice(ana.log, ana.rooms, ben.pk);
  await probe.log.add(open());
  await write('alert', 'after the removal');
  await exchange(ana, ben, probe);
  expect(ana.rooms.get(room)?.messages.map(({ body }) => body)).toEqual(['after the removal']);
  expect(ben.rooms.get(room)).toMatchObject({ messages: [], locked: 1 });

  const dora = await openDevice('dora');
  await writeRoster(ana.log, { grants: [grantOf(dora, 'responder')] });
  await ana.rooms.grant(dora.pk);
  await nameAlertRoom(ana.log, ana.rooms);
  // As the root removes, which has no room to make a new epoch in.
  await writeRoster(ana.log, { removes: [{ pk: dora.pk, cut: {} }] });
  await probe.log.add(open());
  await expect(write('alert', 'to nobody')).rejects.toThrow('an admin must say something in it');
});
