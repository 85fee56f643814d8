import { describe, expect, test } from 'vitest';
import { publicKeyOf, signEvent, verifyEvent } from '../../../src/log/event.ts';
import { removeDevice, writeRoster } from '../../../src/log/people/roster-writer.ts';
import { keyContents, newEpoch, openKey } from '../../../src/log/rooms/epoch.ts';
import { keyReader } from '../../../src/log/rooms/keyring.ts';
import { sealer } from '../../../src/log/rooms/seal.ts';
import { canonical } from '../../../src/model/canonical.ts';
import { chainName, KIND, type SignedEvent, tagValue } from '../../../src/model/event.ts';
import { counts } from '../../../src/model/roster.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { type Device, exchange, grantOf, openDevice, rootSays } from '../devices.ts';

async function company(...names: string[]) {
  const devices = await Promise.all(['ana', 'ben', 'cleo', ...names].map((name) => openDevice(name)));
  const [ana, ben, cleo] = devices as [Device, Device, Device];
  const grants = devices.map((device, n) => grantOf(device, n < 2 ? 'admin' : 'responder'));
  await ana.log.add([rootSays({ grants })]);
  const room = await ana.rooms.create('room', 'Bridge');
  await exchange(...devices);
  return { ana, ben, cleo, devices, room };
}

const texts = (device: Device, room: string) => device.rooms.get(room)?.messages.map(({ body }) => body);
const keyEvents = (device: Device) => device.log.events().filter(({ kind }) => kind === KIND.key);

describe('a partition', () => {
  test('in which two admins remove a device each leaves two epochs: all read both sides, the removed read neither', async () => {
    const { ana, ben, cleo, devices, room } = await company('dora', 'eva');
    const [dora, eva] = devices.slice(3) as [Device, Device];
    await Promise.all([removeDevice(ana.log, ana.rooms, dora.pk), removeDevice(ben.log, ben.rooms, eva.pk)]);
    await ana.rooms.say(room, 'note', 'on the side of Ana');
    await ben.rooms.say(room, 'note', 'on the side of Ben');
    await exchange(...devices);
    await cleo.rooms.say(room, 'note', 'after it');
    await exchange(...devices);
    const all = ['after it', 'on the side of Ana', 'on the side of Ben'];
    for (const device of [ana, ben, cleo]) expect(texts(device, room)?.toSorted()).toEqual(all);
    // Each of the removed was still among the readers of the side that had not heard of it, and of nothing later.
    expect([texts(dora, room), texts(eva, room)]).toEqual([['on the side of Ben'], ['on the side of Ana']]);
    const k = tagValue(cleo.log.events().findLast(({ kind }) => kind === KIND.sealed) as SignedEvent, 'k');
    for (const gone of [dora, eva]) expect(gone.rooms.epochs(room).all.map((epoch) => epoch.k)).not.toContain(k);
  });
});

describe('a removed device', () => {
  test('finds no wrap and no way through older secrets in anything written since, whatever it tries', async () => {
    const { ana, ben, cleo, room } = await company();
    const before = new Set(keyEvents(ana).map(({ id }) => id));
    await removeDevice(ana.log, ana.rooms, cleo.pk);
    await ben.log.add(ana.log.events());
    await ben.rooms.say(room, 'note', 'newer');
    await exchange(ana, ben, cleo);
    const since = keyEvents(cleo).filter(({ id }) => !before.has(id));
    expect(since.length).toBeGreaterThan(0);
    for (const event of since) {
      expect(event.content).not.toContain(cleo.pk.concat('":"'));
      expect(openKey(event, cleo.secret, cleo.pk)).toBeUndefined();
    }
    expect(cleo.rooms.get(room)).toMatchObject({ locked: 1, messages: [] });
  });

  test('is named with fewer readers until an epoch reaches all: "sealed to 2 of 3"', async () => {
    const { ana, devices, room } = await company();
    const dora = await openDevice('dora');
    await writeRoster(ana.log, { grants: [grantOf(dora, 'responder')] });
    expect(ana.rooms.get(room)).toMatchObject({ sealedTo: 3, readers: 4 });
    await ana.rooms.grant(dora.pk);
    await exchange(...devices, dora);
    expect(dora.rooms.get(room)).toMatchObject({ sealedTo: 4, readers: 4 });
  });
});

describe('a joiner', () => {
  test('reads every room, with all its history, for one wrap each', async () => {
    const { ana, devices } = await company();
    // A tenth of a large company's 300, so that the suite stays short: each room costs the same.
    for (let n = 0; n < 29; n++) await ana.rooms.create('room', `Incident ${n}`);
    const dora = await openDevice('dora');
    const before = new Set(keyEvents(ana).map(({ id }) => id));
    await writeRoster(ana.log, { grants: [grantOf(dora, 'responder')] });
    const begun = performance.now();
    await ana.rooms.grant(dora.pk);
    const seconds = (performance.now() - begun) / 1000;
    const wraps = keyEvents(ana).filter(({ id }) => !before.has(id));
    expect(wraps).toHaveLength(30);
    expect(wraps.every(({ content }) => Object.keys(JSON.parse(content).wraps).join() === dora.pk)).toBe(true);
    const known = keyReader(dora.secret)(wraps, ana.log.roster());
    expect(known).toHaveLength(30);
    console.log(`30 rooms were granted in ${seconds.toFixed(1)} s.`);
    expect(seconds).toBeLessThan(20);
    expect(devices).toHaveLength(3);
  });
});

describe('a 3912', () => {
  const writer = new Uint8Array(32).fill(3);
  const reader = new Uint8Array(32).fill(4);
  const readerKey = publicKeyOf(reader);
  const keyEvent = (content: string, k: string) =>
    signEvent(
      {
        kind: KIND.key,
        created_at: 1_795_000_000,
        content,
        tags: [
          ['o', 'f'.repeat(32)],
          ['d', chainName.room('5'.repeat(32))],
          ['k', k],
        ],
      },
      writer,
    );
  const draft = { purpose: 'room', name: 'Bridge', older: [], cuts: [] } as const;

  test('for more readers than fit into one event is several of one epoch', () => {
    const epoch = newEpoch(nodePlatform);
    const readers = Array.from({ length: 151 }, (_, n) => publicKeyOf(new Uint8Array(32).fill(n + 1)));
    const older = Array.from({ length: 40 }, () => newEpoch(nodePlatform));
    const events = keyContents({ ...draft, older, epoch, readers }, sealer(writer, nodePlatform)).map((content) =>
      keyEvent(content, epoch.k),
    );
    expect(events).toHaveLength(2);
    expect(events.map((event) => verifyEvent(event).type)).toEqual(['ok', 'ok']);
    const opened = events.flatMap((event) => openKey(event, new Uint8Array(32).fill(151), readers[150] ?? '') ?? []);
    expect(opened.map((one) => [one.epoch.k, one.older.length])).toEqual([[epoch.k, 40]]);
  });

  test('gives nothing by a wrong k or a garbled wrap, and ignores older secrets that do not give their k', () => {
    const [epoch, old] = [newEpoch(nodePlatform), newEpoch(nodePlatform)];
    const lying = { k: publicKeyOf(writer), secret: old.secret };
    const [content = ''] = keyContents(
      { ...draft, older: [old, lying], epoch, readers: [readerKey] },
      sealer(writer, nodePlatform),
    );
    expect(openKey(keyEvent(content, epoch.k), reader, readerKey)?.older.map(({ k }) => k)).toEqual([old.k]);
    expect(openKey(keyEvent(content, old.k), reader, readerKey)).toBeUndefined();
    const said = JSON.parse(content);
    for (const wraps of [{ [readerKey]: 'garbage' }, { [readerKey]: said.older }, {}]) {
      expect(openKey(keyEvent(canonical({ ...said, wraps }), epoch.k), reader, readerKey)).toBeUndefined();
    }
    const noOlder = openKey(keyEvent(canonical({ ...said, older: 'garbage' }), epoch.k), reader, readerKey);
    expect(noOlder?.older).toEqual([]);
  });

  test('carries the ends of removed keys, so that their words count on a device that comes later', async () => {
    const { ana, cleo, room } = await company();
    await cleo.rooms.say(room, 'note', 'honest');
    await exchange(ana, cleo);
    await removeDevice(ana.log, ana.rooms, cleo.pk);
    const dora = await openDevice('dora');
    await dora.log.add(ana.log.events());
    const honest = dora.log.events().find(({ kind, pubkey }) => kind === KIND.sealed && pubkey === cleo.pk);
    expect(honest && counts(dora.log.roster(), honest)).toBe(true);
  });
});

test('who had said nothing in a room when removed stays unheard there, however often its keys are renewed', async () => {
  const { ana, ben, cleo, room } = await company();
  await removeDevice(ana.log, ana.rooms, cleo.pk);
  // Cleo's device has not heard of it, or does not want to.
  const late = await cleo.rooms.say(room, 'note', 'Believe me.');
  await ana.log.add([late]);
  await ana.rooms.renew();
  await exchange(ana, ben);
  await ben.rooms.renew();
  await exchange(ana, ben);
  for (const { rooms } of [ana, ben]) {
    expect(rooms.get(room)?.messages).toMatchObject([{ author: cleo.pk, counts: false }]);
  }
});
