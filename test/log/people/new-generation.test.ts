import { expect, test } from 'vitest';
import { publicKeyOf } from '../../../src/log/event.ts';
import { openLog } from '../../../src/log/log.ts';
import { restated } from '../../../src/log/people/restated.ts';
import { removeDevice, writeRoster } from '../../../src/log/people/roster-writer.ts';
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

test('what a malicious admin set is gone, and settings are numbered from 1 again', async () => {
  const [ana, evil] = [await openDevice('ana'), await openDevice('evil')];
  await ana.log.add([rootSays({ grants: [grantOf(ana, 'admin'), grantOf(evil, 'admin')] })]);
  const room = await ana.rooms.create('room', 'Bridge');
  const relays = ['wss://a.example'];
  await writeRoster(ana.log, { set: { relays: [7, relays], approvals: [3, { major: 1 }], alerts: [4, [room]] } });
  await exchange(ana, evil);
  const end = 2 ** 40;
  await writeRoster(evil.log, {
    set: { relays: [end, ['wss://evil.example']], approvals: [end, { minor: 1 }], alerts: [end, ['0'.repeat(32)]] },
  });
  await exchange(ana, evil);
  expect(ana.log.roster().settings.relays).toEqual(['wss://evil.example']);
  await expect(writeRoster(ana.log, { set: { relays: [end + 1, relays] } })).rejects.toThrow('roster restart');
  // It can be changed no more until the root speaks; but whoever is to go, goes.
  await removeDevice(ana.log, ana.rooms, evil.pk);

  await ana.log.add(restated(ana.log, [evil.pk]).map((says) => rootSays(says, 1)));
  const { settings, versions, approvalRules } = ana.log.roster();
  expect(settings).toMatchObject({ relays, approvals: { major: 1 }, alerts: [room] });
  expect(versions).toEqual({ relays: 1, mirrors: 1, vault: 1, alerts: 1, approvals: 1 });
  expect(approvalRules.map(({ asks }) => asks)).toEqual([{ major: 1 }]);
  await writeRoster(ana.log, { set: { relays: [2, []] } });
  expect(ana.log.roster().settings.relays).toEqual([]);
});

test('is said whole, in as many statements as it takes', async () => {
  const ana = await openDevice('ana');
  await ana.log.add([rootSays({ grants: [grantOf(ana, 'admin')] })]);
  const some = Array.from({ length: 90 }, (_, n) => publicKeyOf(new Uint8Array(32).fill(n + 1)));
  await writeRoster(ana.log, { grants: some.map((pk) => ({ pk, member: pk.slice(0, 32), roles: ['responder'] })) });
  for (const half of [some.slice(0, 45), some.slice(45)]) {
    await writeRoster(ana.log, { removes: half.map((pk) => ({ pk, cut: {} })), invites: half });
  }
  const before = ana.log.roster();
  const statements = restated(ana.log).map((says) => rootSays(says, 1));
  expect(statements.length).toBeGreaterThan(1);
  expect((await ana.log.add(statements)).invalid).toEqual([]);
  const { keys, removed } = ana.log.roster();
  expect([keys, removed]).toEqual([before.keys, before.removed]);
});
