import { expect, test } from 'vitest';
import { openLog } from '../../../src/log/log.ts';
import { removeDevice, restated, writeRoster } from '../../../src/log/people/roster-writer.ts';
import { createMemoryStore } from '../../../src/log/store/memory-store.ts';
import type { SignedEvent } from '../../../src/model/event.ts';
import { counts, liveKeys, type Roster } from '../../../src/model/roster.ts';
import { type Device, exchange, grantOf, openDevice, ROOT, rootSays } from '../devices.ts';

const set = (device: Device, component: string) =>
  device.log.writePublic('component.set', { component, status: 'operational' });
const countsIn = (roster: Roster, events: readonly SignedEvent[]) =>
  events.map((event) => counts(roster, event, 'component.set'));

/** Ana removed a thief; then an admin turned, and removed everybody, the thief once more. */
async function coup() {
  const names = ['ana', 'ben', 'cleo', 'thief', 'evil', 'puppet'];
  const devices = await Promise.all(names.map((name) => openDevice(name)));
  const [ana, ben, cleo, thief, evil, puppet] = devices as [Device, Device, Device, Device, Device, Device];
  const grants = [grantOf(ana, 'admin'), grantOf(ben, 'admin', 'commander'), grantOf(evil, 'admin')];
  await ana.log.add([rootSays({ grants: [...grants, grantOf(thief, 'commander')] })]);
  const room = await ana.rooms.create('room', 'Bridge');
  await exchange(...devices);
  await writeRoster(ben.log, { grants: [grantOf(cleo, 'responder')] });
  await ben.rooms.grant(cleo.pk);
  await exchange(...devices);
  const honest = [await set(ben, 'a'), await set(cleo, 'b'), await set(thief, 'c')];
  await ben.rooms.say(room, 'note', 'I was here.');
  await exchange(...devices);
  await removeDevice(ana.log, ana.rooms, thief.pk);
  await exchange(...devices);
  const turned = [await set(evil, 'd')];
  const removes = [ana, ben, cleo, thief].map(({ pk }) => ({ pk, cut: {} }));
  await writeRoster(evil.log, { removes, grants: [grantOf(puppet, 'admin')] });
  await evil.rooms.renew(ben.pk);
  const late = [await set(thief, 'e'), await set(ben, 'f')];
  await exchange(...devices);
  return { ana, ben, cleo, thief, evil, puppet, devices, room, honest, turned, late };
}

test('the new generation brings back whom only a malicious admin removed, with all that they wrote', async () => {
  const { ana, ben, cleo, thief, evil, puppet, devices, room, honest, turned, late } = await coup();
  expect(liveKeys(ana.log.roster()).map(({ pk }) => pk)).toEqual(expect.arrayContaining([evil.pk, puppet.pk]));
  expect(countsIn(ana.log.roster(), [...honest, ...late])).toEqual(Array(5).fill(false));
  const statements = restated(ana.log, [evil.pk, puppet.pk]).map((says) => rootSays(says, 1));
  await ana.log.add(statements);
  await ana.rooms.renew();
  await exchange(...devices);
  const afterwards = await set(evil, 'g');
  await writeRoster(evil.log, { removes: [{ pk: ana.pk, cut: {} }] });
  await exchange(...devices);

  for (const { log } of devices) {
    const roster = log.roster();
    const live = liveKeys(roster).map(({ pk, roles }) => [pk, roles]);
    expect(new Map(live as [string, string[]][])).toEqual(
      new Map([
        [ana.pk, ['admin']],
        [ben.pk, ['admin', 'commander']],
        [cleo.pk, ['responder']],
      ]),
    );
    // The thief's first word lies behind the cut that Ana named; what it appended after that does not.
    expect(countsIn(roster, honest)).toEqual([true, true, true]);
    expect(countsIn(roster, late)).toEqual([false, true]);
    // What the admin wrote until the root spoke is history; what it writes afterwards counts nowhere.
    expect(countsIn(roster, [...turned, afterwards])).toEqual([true, false]);
    expect(roster.removed).toEqual(new Set([thief.pk, evil.pk, puppet.pk]));
  }
  for (const device of [ana, ben, cleo]) {
    const messages = device.rooms.get(room)?.messages.map(({ body, counts: isCounted }) => [body, isCounted]);
    expect(messages).toEqual([['I was here.', true]]);
  }
  await ben.rooms.say(room, 'note', 'We are back.');
  await exchange(...devices);
  expect(evil.rooms.get(room)?.messages).toHaveLength(1);
  const fresh = await openLog({ root: ROOT, relays: [], store: createMemoryStore(), platform: ana.log.platform });
  await fresh.add(ben.log.events().toReversed());
  expect(fresh.roster()).toEqual(ben.log.roster());
});

test('a removal that anybody else signed too stays', async () => {
  const { ana, ben, cleo, evil, devices } = await coup();
  // Ben, removed himself by then, had removed Cleo for a reason of his own.
  await writeRoster(ben.log, { removes: [{ pk: cleo.pk, cut: {} }] });
  await exchange(...devices);
  await ana.log.add(restated(ana.log, [evil.pk]).map((says) => rootSays(says, 1)));
  expect(ana.log.roster().keys.get(ben.pk)?.removed).toBe(false);
  expect(ana.log.roster().keys.get(cleo.pk)?.removed).toBe(true);
});
