import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { carriedText } from '../../src/log/carried-text.ts';
import { parseInvite } from '../../src/log/people/invite.ts';
import { joinRequest } from '../../src/log/people/join.ts';
import { $approvalRule, $opinions, $waitingUpdates, approve, askApprovals } from '../../src/stores/approvals.ts';
import { takeIn, textFor } from '../../src/stores/carry.ts';
import { $deviceNow } from '../../src/stores/clock.ts';
import { $device } from '../../src/stores/device.ts';
import {
  $invites,
  $newcomers,
  closeInvite,
  closeInvites,
  invite,
  letIn,
  openInvites,
  refuse,
} from '../../src/stores/inviting.ts';
import { followLog } from '../../src/stores/log.ts';
import { $isAdmin, $members, remove } from '../../src/stores/members.ts';
import { setOutside } from '../../src/stores/outside.ts';
import { $mayPost } from '../../src/stores/public.ts';
import { $maySay, $room, $rooms, openRoom } from '../../src/stores/room.ts';
import { openScratch } from '../../src/stores/scratch.ts';
import { type Device, exchange, grantOf, openDevice, rootSays } from '../log/devices.ts';
import { newDevice } from './shore.ts';

const HOUR = 3_600_000;
/** Stores gather events for some milliseconds before they fold them. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 10 });

let ana: Device;
let outside: ReturnType<typeof newDevice>;
let stop = () => {};

/** Makes `device` the one whose screen this is. */
async function sitDownAt(device: Device): Promise<void> {
  stop();
  outside = newDevice('https://status.example');
  setOutside(outside.outside);
  const stopLog = followLog(device.log, outside.outside.platform);
  const opened = { pubkey: device.pk, secret: device.secret };
  $device.set(opened);
  openRoom(opened);
  await unlockInvites(device);
  stop = () => {
    stopLog();
    closeInvites();
    $device.set(null);
    $rooms.set(null);
  };
}

async function unlockInvites(device: Device): Promise<void> {
  await openInvites(await openScratch(device.secret, outside.outside.local));
}

/** A stranger's device that has asked with the newest invite; what it wrote lies with the admin. */
async function stranger(name: string): Promise<Device> {
  const device = await openDevice(name);
  const parsed = parseInvite($invites.get()[0]?.link ?? '');
  if (parsed.type !== 'ok') throw new Error(parsed.reason);
  const request = joinRequest(parsed.invite, device.pk, name, device.log.platform);
  await ana.log.add([request]);
  return device;
}

async function firstNewcomer() {
  await eventually(() => expect($newcomers.get()).toHaveLength(1));
  const [newcomer] = $newcomers.get();
  if (newcomer === undefined) throw new Error('Nobody asks.');
  return newcomer;
}

const named = (name: string) => $members.get().find((member) => member.name === name);
const RESPONDER = { roles: ['responder'], member: null, maxUses: 1 } as const;

beforeEach(async () => {
  ana = await openDevice('ana');
  await ana.log.add([rootSays({ grants: [grantOf(ana, 'admin', 'commander')] })]);
  await ana.rooms.create('room', 'Bridge');
  await sitDownAt(ana);
});

afterEach(() => stop());

describe('inviting', () => {
  test('lets in who asked, with the roles of the invite, and counts the invite as used', async () => {
    await invite(RESPONDER);
    const ben = await stranger('Ben');
    const newcomer = await firstNewcomer();
    expect(newcomer.words).toHaveLength(4);
    await letIn(newcomer);
    await eventually(() => expect(named('Ben')?.devices).toMatchObject([{ pk: ben.pk, roles: ['responder'] }]));
    await eventually(() => expect($invites.get()).toMatchObject([{ left: 0 }]));
    expect($newcomers.get()).toEqual([]);
  });

  test('gives a further device to the same member, who keeps the name', async () => {
    await invite(RESPONDER);
    await stranger('Ben');
    await letIn(await firstNewcomer());
    await eventually(() => expect(named('Ben')).toBeDefined());
    await invite({ ...RESPONDER, member: named('Ben')?.id ?? '' });
    await stranger('another name');
    await letIn(await firstNewcomer());
    await eventually(() => expect(named('Ben')?.devices).toHaveLength(2));
    expect(named('another name')).toBeUndefined();
  });

  test('is over after a day by the clock of the admin, and never open to who was refused', async () => {
    await invite(RESPONDER);
    await stranger('Ben');
    ana.clock.now += 23 * HOUR;
    $deviceNow.set(ana.clock.now);
    expect($invites.get()).toMatchObject([{ hours: 1 }]);
    expect((await firstNewcomer()).refusal).toBe(null);
    ana.clock.now += 2 * HOUR;
    $deviceNow.set(ana.clock.now);
    await eventually(() => expect($newcomers.get()).toMatchObject([{ refusal: 'too old' }]));
    expect($invites.get()).toMatchObject([{ hours: 0 }]);
    await refuse(await firstNewcomer());
    await eventually(() => expect($newcomers.get()).toEqual([]));
  });

  test('outlives a lock, sealed, and a closed invite opens to nobody', async () => {
    await invite(RESPONDER);
    const link = $invites.get()[0]?.link ?? '';
    await eventually(() => expect(outside.onDisk()).toContain('lifeboat-draft-invites'));
    expect(outside.onDisk()).not.toContain(link.slice(-40));
    closeInvites();
    expect($invites.get()).toEqual([]);
    await unlockInvites(ana);
    expect($invites.get()).toMatchObject([{ link }]);
    const publicKey = $invites.get()[0]?.publicKey ?? '';
    await stranger('Ben');
    await closeInvite(publicKey);
    await eventually(() => expect($newcomers.get()).toEqual([]));
    expect(ana.log.roster().invites.has(publicKey)).toBe(false);
  });
});

describe('a device of the roster', () => {
  test('that is removed stays listed as removed, and the room is sealed to the rest', async () => {
    await invite(RESPONDER);
    const ben = await stranger('Ben');
    await letIn(await firstNewcomer());
    await remove(ben.pk);
    await eventually(() => expect(named('Ben')?.devices).toMatchObject([{ removed: true }]));
    await eventually(() => expect($room.get()).toMatchObject({ sealedTo: 1, readers: 1 }));
  });

  test('of an observer is offered no writing of any kind', async () => {
    const otto = await openDevice('otto');
    await ana.log.add([rootSays({ grants: [grantOf(otto, 'observer')] })]);
    await ana.rooms.grant(otto.pk);
    await exchange(ana, otto);
    await sitDownAt(otto);
    await eventually(() => expect($room.get().type).toBe('open'));
    await eventually(() => expect($members.get()).toHaveLength(2));
    expect([$maySay.get(), $mayPost.get(), $isAdmin.get()]).toEqual([false, false, false]);
  });
});

describe('carrying by hand', () => {
  test('brings a newcomer everything that it takes to read and write, and nothing that fails its check', async () => {
    const rooms = ana.rooms.main('room');
    await ana.rooms.say(rooms?.id ?? '', 'note', { text: 'Who is there?' });
    await invite(RESPONDER);
    const ben = await stranger('Ben');
    await letIn(await firstNewcomer());
    const text = await textFor(ben.pk);
    await sitDownAt(ben);
    expect(await takeIn('hello')).toEqual({ type: 'none' });
    expect(await takeIn(`${text} and regards`)).toMatchObject({ type: 'taken', invalid: 0 });
    await eventually(() => {
      const room = $room.get();
      expect(room).toMatchObject({ type: 'open', locked: 0 });
      expect(room.type === 'open' && room.entries).toMatchObject([{ says: { text: 'Who is there?' } }]);
      expect($maySay.get()).toBe(true);
    });
    const forged = ana.log.events().map((event) => ({ ...event, content: `${event.content} ` }));
    expect(await takeIn(await carriedText(forged))).toMatchObject({ type: 'taken', added: 0, invalid: forged.length });
  });
});

describe('a second opinion', () => {
  const body = { incident: 'abcdefghijkl', name: 'Cards', status: 'investigating', impact: 'major', components: [] };
  const update = { ...body, text: 'We look into it.', lang: 'en' };

  test('is asked of another member only: neither the author nor a second device of the author gives it', async () => {
    const [second, ben] = [await openDevice('second'), await openDevice('ben')];
    const ownToo = { ...grantOf(second, 'responder'), member: grantOf(ana).member };
    await ana.log.add([rootSays({ grants: [ownToo] })]);
    await eventually(() => expect($approvalRule.get().alone).toBe(true));
    await ana.log.add([rootSays({ grants: [grantOf(ben, 'responder')] })]);
    await askApprovals(['major'], 10);
    await eventually(() =>
      expect($approvalRule.get()).toMatchObject({ asks: { major: 1, minor: 0 }, waitMinutes: 10, alone: false }),
    );
    const { id } = await ana.log.writePublic('incident.update', update);
    const wait = 600_000;
    await eventually(() =>
      expect($opinions.get().get(id)).toMatchObject({
        waits: true,
        mine: true,
        mayApprove: false,
        mayOverrideAt: ana.clock.now + wait,
      }),
    );
    await exchange(ana, second, ben);
    await sitDownAt(second);
    await eventually(() => expect($waitingUpdates.get()).toMatchObject([{ id, opinion: { mayApprove: false } }]));
    await sitDownAt(ben);
    await eventually(() =>
      expect($waitingUpdates.get()).toMatchObject([
        {
          id,
          statement: { body: { impact: 'major' } },
          member: 'member of ana',
          opinion: { mayApprove: true, mayOverrideAt: null },
        },
      ]),
    );
    await approve(id);
    await eventually(() => expect($waitingUpdates.get()).toEqual([]));
    expect($opinions.get().get(id)?.given).toMatchObject([{ type: 'approved', member: 'member of ben' }]);
  });
});
