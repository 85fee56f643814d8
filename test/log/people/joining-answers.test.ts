import { afterEach, describe, expect, test, vi } from 'vitest';
import { setApprovals } from '../../../src/log/people/approving.ts';
import { enrolDevice } from '../../../src/log/people/enrol.ts';
import { startEnroller } from '../../../src/log/people/enroller.ts';
import { type Invite, parseInvite } from '../../../src/log/people/invite.ts';
import { joinRequest, makeInvite } from '../../../src/log/people/join.ts';
import { admitJoin, denyKey, type InviteRecord, pendingJoins } from '../../../src/log/people/join-queue.ts';
import { writeRoster } from '../../../src/log/people/roster-writer.ts';
import { memberNames } from '../../../src/model/members.ts';
import { liveKeys, rolesOf } from '../../../src/model/roster.ts';
import { type Device, exchange, grantOf, openDevice, rootSays } from '../devices.ts';

const HOUR = 3_600_000;

async function inviting(more: Partial<InviteRecord> = {}) {
  const [ana, ben] = await Promise.all([openDevice('ana'), openDevice('ben')]);
  await ana.log.add([rootSays({ grants: [grantOf(ana, 'admin'), grantOf(ben, 'admin')] })]);
  await ana.rooms.create('room', 'Bridge');
  await exchange(ana, ben);
  const made = await makeInvite(ana.log, 'http://127.0.0.1:1', []);
  const parsed = parseInvite(made.link);
  if (parsed.type !== 'ok') throw new Error(parsed.reason);
  const record: InviteRecord = { ...made, ...more };
  const pending = () => pendingJoins(ana.log, ana.secret, [record]);
  return { ana, ben, invite: parsed.invite, record, pending };
}

async function ask(admin: Device, name: string, invite: Invite): Promise<Device> {
  const newcomer = await openDevice(name);
  await admin.log.add([joinRequest(invite, newcomer.pk, name, newcomer.log.platform)]);
  return newcomer;
}

describe('who asks with an invite', () => {
  test('waits, with the words to compare, until an admin answers, and then no more', async () => {
    const { ana, invite, record, pending } = await inviting();
    const [cleo, dora] = [await ask(ana, 'cleo', invite), await ask(ana, 'dora', invite)];
    expect(pending()).toMatchObject([
      { request: { pk: cleo.pk, name: 'cleo' }, invite: record.publicKey, refusal: null },
      { request: { pk: dora.pk, name: 'dora' }, invite: record.publicKey, refusal: null },
    ]);
    expect(new Set(pending().map(({ words }) => words.join(' '))).size).toBe(2);
    const [first] = pending();
    if (first === undefined) throw new Error('nobody asked');
    await admitJoin(ana.log, ana.rooms, first, ['responder']);
    await denyKey(ana.log, dora.pk);
    expect(pending()).toEqual([]);
    expect(rolesOf(ana.log.roster(), cleo.pk)).toEqual(['responder']);
    await expect(enrolDevice(ana.log, ana.rooms, dora.pk, { roles: ['responder'] })).rejects.toThrow('for ever');
  });

  test('is shown as refused where the invite was used as often as it may be', async () => {
    const { ana, invite, pending } = await inviting({ maxUses: 1 });
    await ask(ana, 'cleo', invite);
    const [first] = pending();
    if (first === undefined) throw new Error('nobody asked');
    await admitJoin(ana.log, ana.rooms, first, ['responder']);
    await ask(ana, 'dora', invite);
    expect(pending()).toMatchObject([{ request: { name: 'dora' }, refusal: 'used up' }]);
  });

  test('is shown as refused where the invite is too old by the clock of the admin, whatever that of the newcomer says', async () => {
    const { ana, invite, pending } = await inviting();
    await ask(ana, 'cleo', invite);
    ana.clock.now += 24 * HOUR;
    expect(pending()).toMatchObject([{ refusal: null }]);
    ana.clock.now += 1;
    expect(pending()).toMatchObject([{ refusal: 'too old' }]);
  });

  test('gains nothing by asking again: the first request of a device stands, and a replayed one is the same event', async () => {
    const { ana, invite, pending } = await inviting({ maxUses: 2 });
    const cleo = await ask(ana, 'cleo', invite);
    const replayed = ana.log.events().filter(({ kind }) => kind === 3910);
    await ana.log.add(replayed);
    cleo.clock.now += HOUR;
    await ana.log.add([joinRequest(invite, cleo.pk, 'Director', cleo.log.platform)]);
    expect(pending()).toMatchObject([{ request: { pk: cleo.pk, name: 'cleo' } }]);
    const [only] = pending();
    if (only === undefined) throw new Error('nobody asked');
    await admitJoin(ana.log, ana.rooms, only, ['responder']);
    await ana.log.add(replayed);
    expect(pending()).toEqual([]);
    await ask(ana, 'dora', invite);
    expect(pending()).toMatchObject([{ request: { name: 'dora' }, refusal: null }]);
  });

  test('is not heard where a key that is no invite signed for it, or another admin was asked', async () => {
    const { ana, ben, invite, pending } = await inviting();
    const forged: Invite = { ...invite, secret: '7'.repeat(64) };
    const mallory = await ask(ana, 'mallory', forged);
    await ask(ana, 'eva', { ...invite, admin: ben.pk });
    expect(pending()).toEqual([]);
    expect(ana.log.roster().keys.has(mallory.pk)).toBe(false);
  });

  test('is nobody where the invite was closed', async () => {
    const { ana, ben, invite, record } = await inviting();
    await denyKey(ben.log, record.publicKey);
    await exchange(ana, ben);
    expect(ana.log.roster().invites.has(record.publicKey)).toBe(false);
    expect(ana.log.roster().removed.has(record.publicKey)).toBe(true);
    await ask(ana, 'cleo', invite);
    expect(pendingJoins(ana.log, ana.secret, [record])).toEqual([]);
    const onProblem = vi.fn();
    const options = { log: ana.log, rooms: ana.rooms, deviceSecret: ana.secret, invite: record, onProblem };
    const enroller = startEnroller(options);
    await vi.waitFor(() => expect(onProblem).toHaveBeenCalledOnce());
    enroller.close();
    expect(onProblem).toHaveBeenCalledWith('cleo asked to join, but the invite has been closed.');
    expect(liveKeys(ana.log.roster())).toHaveLength(2);
  });
});

test('two devices of an admin that answer one request at once let in one person, with one name', async () => {
  const { ana, invite, record } = await inviting();
  // The same key, restored from a backup: both copies hold the request, neither the answer of the other.
  const twin = await openDevice('ana');
  const cleo = await ask(ana, 'cleo', invite);
  await exchange(ana, twin);
  const answer = ({ log, rooms, secret }: Device) => {
    const [only] = pendingJoins(log, secret, [record]);
    if (only === undefined) throw new Error('nobody asked');
    return admitJoin(log, rooms, only, ['responder']);
  };
  const members = await Promise.all([answer(ana), answer(twin)]);
  expect(members[0]).toBe(members[1]);
  await exchange(ana, twin, cleo);
  for (const { log, rooms } of [ana, twin, cleo]) {
    expect(liveKeys(log.roster()).filter(({ pk }) => pk === cleo.pk)).toMatchObject([{ member: members[0] }]);
    expect([...memberNames(rooms.main('room')?.messages ?? [], log.roster())]).toEqual([[members[0], 'cleo']]);
  }
});

describe('an enroller that nobody watches', () => {
  const enrollers: { close(): void }[] = [];
  afterEach(() => {
    for (const enroller of enrollers.splice(0)) enroller.close();
  });

  test('makes one newcomer an admin, over all its invites', async () => {
    const ana = await openDevice('ana');
    await ana.log.add([rootSays({ grants: [grantOf(ana, 'admin')] })]);
    await ana.rooms.create('room', 'Bridge');
    const newcomers: Device[] = [];
    for (const name of ['ben', 'cleo']) {
      const invite = await makeInvite(ana.log, 'http://127.0.0.1:1', []);
      const parsed = parseInvite(invite.link);
      if (parsed.type !== 'ok') throw new Error(parsed.reason);
      const { log, rooms, secret: deviceSecret } = ana;
      enrollers.push(startEnroller({ log, rooms, deviceSecret, invite }));
      const newcomer = await ask(ana, name, parsed.invite);
      newcomers.push(newcomer);
      await vi.waitFor(() => expect(ana.log.roster().keys.has(newcomer.pk)).toBe(true));
    }
    expect(newcomers.map(({ pk }) => rolesOf(ana.log.roster(), pk))).toEqual([['admin', 'commander'], ['responder']]);
  });
});

describe('enrolling by key', () => {
  test('names the person and the room for a reader, and gives a watcher no room', async () => {
    const { ana } = await inviting();
    const [cleo, probe] = [await openDevice('cleo'), await openDevice('probe')];
    const member = await enrolDevice(ana.log, ana.rooms, cleo.pk, { roles: ['responder'], name: 'Cleo' });
    await enrolDevice(ana.log, ana.rooms, probe.pk, { roles: ['watcher'], vantage: 'north' });
    await exchange(ana, cleo, probe);
    expect(cleo.rooms.main('room')?.messages).toMatchObject([{ type: 'member', body: { member, name: 'Cleo' } }]);
    expect(probe.rooms.list()).toEqual([]);
    expect(ana.log.roster().keys.get(probe.pk)).toMatchObject({ roles: ['watcher'], vantage: 'north' });
    // The key that watchers seal to is named with all who hold it.
    expect(ana.log.roster().settings.alerts).toContain(cleo.pk);
    expect(ana.log.roster().settings.alerts).not.toContain(probe.pk);
  });

  test('a second device of a person is the same member', async () => {
    const { ana } = await inviting();
    const [one, two] = [await openDevice('cleo'), await openDevice('dora')];
    const member = await enrolDevice(ana.log, ana.rooms, one.pk, { roles: ['responder'], name: 'Cleo' });
    expect(await enrolDevice(ana.log, ana.rooms, two.pk, { roles: ['responder'], member })).toBe(member);
  });

  test('refuses what is no key', async () => {
    const { ana } = await inviting();
    await expect(enrolDevice(ana.log, ana.rooms, 'ABC', { roles: ['responder'] })).rejects.toThrow('no');
  });
});

test('approvals that one admin sets and another sets anew are the same rule on both devices', async () => {
  const { ana, ben } = await inviting();
  await setApprovals(ana.log, { critical: 1 }, 60);
  await exchange(ana, ben);
  await setApprovals(ben.log, { major: 1 }, 120);
  await writeRoster(ana.log, { invites: [] });
  await exchange(ana, ben);
  for (const { log } of [ana, ben]) {
    expect(log.roster().approvalRules.map(({ asks, wait }) => [asks, wait])).toEqual([
      [{ major: 1 }, 120],
      [{ critical: 1 }, 60],
    ]);
  }
});
