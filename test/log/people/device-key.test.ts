import { describe, expect, test } from 'vitest';
import { enrolDevice } from '../../../src/log/people/enrol.ts';
import { restated } from '../../../src/log/people/restated.ts';
import { removeDevice, writeRoster } from '../../../src/log/people/roster-writer.ts';
import { createBlindWriter } from '../../../src/log/rooms/blind-writer.ts';
import { type Device, exchange, grantOf, openDevice, ROOT, rootSays } from '../devices.ts';

/** Of the right form, and no point on the curve. */
const NO_KEY = 'f'.repeat(64);

async function company() {
  const devices = await Promise.all(['ana', 'ben', 'cleo', 'evil'].map((name) => openDevice(name)));
  const [ana, ben, cleo, evil] = devices as [Device, Device, Device, Device];
  await ana.log.add([rootSays({ grants: [ana, ben, cleo, evil].map((device) => grantOf(device, 'admin')) })]);
  const room = await ana.rooms.create('room', 'Bridge');
  await exchange(...devices);
  return { ana, ben, cleo, evil, devices, room };
}

describe('a key that no device can hold', () => {
  test.each([
    ['no point on the curve', NO_KEY, 'not a device key'],
    ['a digit too few', 'a'.repeat(63), 'not a device key'],
    ['the root key', ROOT, 'root key'],
  ])('is neither enrolled nor removed, and nothing is signed: %s', async (_, pk, sentence) => {
    const { ana } = await company();
    const before = ana.log.events().length;
    await expect(enrolDevice(ana.log, ana.rooms, pk, { roles: ['responder'] })).rejects.toThrow(sentence);
    await expect(removeDevice(ana.log, ana.rooms, pk)).rejects.toThrow(sentence);
    expect(ana.log.events()).toHaveLength(before);
  });

  test('keeps nobody from being removed, let in or heard, whoever granted it', async () => {
    const { ana, ben, cleo, evil, devices, room } = await company();
    await writeRoster(evil.log, { grants: [{ pk: NO_KEY, member: 'nobody', roles: ['admin'] }] });
    await exchange(...devices);
    expect(ana.rooms.get(room)).toMatchObject({ sealedTo: 4, readers: 5 });
    await ana.rooms.grant(NO_KEY);
    await removeDevice(ana.log, ana.rooms, cleo.pk);
    expect(ana.rooms.get(room)).toMatchObject({ sealedTo: 3, readers: 4 });
    await ana.rooms.say(room, 'note', 'We go on.');
    await exchange(...devices);
    expect(ben.rooms.get(room)?.messages.map(({ body }) => body)).toEqual(['We go on.']);
    await removeDevice(ben.log, ben.rooms, NO_KEY);
    expect(ben.rooms.get(room)).toMatchObject({ sealedTo: 3, readers: 3 });
  });

  test('is left out of the next generation', async () => {
    const { ana } = await company();
    await writeRoster(ana.log, { grants: [{ pk: NO_KEY, member: 'nobody', roles: ['admin'] }] });
    await ana.log.add(restated(ana.log).map((says) => rootSays(says, 1)));
    await ana.rooms.renew();
    expect([...ana.log.roster().keys.keys()]).not.toContain(NO_KEY);
    expect(ana.log.roster().keys.size).toBe(4);
  });

  test('is nothing that a watcher can seal to: it says so in a sentence', async () => {
    const { ana, room } = await company();
    await writeRoster(ana.log, { set: { alerts: [9, [room, NO_KEY]] } });
    await expect(createBlindWriter(ana.log, ana.secret)('alert', {})).rejects.toThrow('No room takes alerts');
  });
});
