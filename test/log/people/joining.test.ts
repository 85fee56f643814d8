import { describe, expect, test, vi } from 'vitest';
import { publicKeyOf } from '../../../src/log/event.ts';
import { startEnroller } from '../../../src/log/people/enroller.ts';
import { fourWords, parseInvite } from '../../../src/log/people/invite.ts';
import { joinRequest, makeInvite } from '../../../src/log/people/join.ts';
import { removeDevice } from '../../../src/log/people/roster-writer.ts';
import { KIND } from '../../../src/model/event.ts';
import { memberNames } from '../../../src/model/members.ts';
import { may, rolesOf } from '../../../src/model/roster.ts';
import { WORDS } from '../../../src/model/words.ts';
import { type Device, exchange, grantOf, openDevice, ROOT, rootSays } from '../devices.ts';

const SITE = 'http://127.0.0.1:4747';
const RELAYS = ['ws://127.0.0.1:4748'];

async function inviting() {
  const ana = await openDevice('ana');
  await ana.log.add([rootSays({ grants: [grantOf(ana, 'admin')] })]);
  await ana.rooms.create('room', 'Bridge');
  await ana.rooms.create('vault', 'Vault');
  const made = await makeInvite(ana.log, SITE, RELAYS);
  const parsed = parseInvite(made.link);
  if (parsed.type !== 'ok') throw new Error(parsed.reason);
  return { ana, made, invite: parsed.invite };
}

/** The newcomer asks; the admin's device gets to hear of it; what it answers travels back. */
async function join(ana: Device, newcomer: Device, invite: Parameters<typeof joinRequest>[0], name: string) {
  await newcomer.log.add([joinRequest(invite, newcomer.pk, name, newcomer.log.platform)]);
  await exchange(ana, newcomer);
}

describe('an invite', () => {
  test('says where to ask and whom, in the fragment only', async () => {
    const { ana, made, invite } = await inviting();
    expect(made.link.startsWith(`${SITE}/bridge/#join=`)).toBe(true);
    expect(invite).toMatchObject({ root: ROOT, relays: RELAYS, admin: ana.pk });
    expect(parseInvite(`  ${made.link.slice(made.link.indexOf('#'))}\n`)).toEqual({ type: 'ok', invite });
    const broken = made.link.replace(/.{40}/g, '$&\r\n> ');
    expect(parseInvite(`<${broken}>.`)).toEqual({ type: 'ok', invite });
    expect(may(ana.log.roster(), made.publicKey, KIND.join)).toBe(true);
    expect(JSON.stringify(ana.log.events())).not.toContain(invite.secret);
  });

  test.each(['', 'hello', 'http://x/bridge/#join=', 'http://x/bridge/#join=e30'])(
    'is refused in a sentence when it is %j',
    (text) => {
      expect(parseInvite(text)).toMatchObject({
        type: 'invalid',
        reason: expect.stringContaining('not a whole invite'),
      });
    },
  );
});

describe('joining', () => {
  test('the first becomes admin and commander, the next a responder; both read the rooms and their names are told', async () => {
    const { ana, made, invite } = await inviting();
    const onJoined = vi.fn();
    const enroller = startEnroller({
      log: ana.log,
      rooms: ana.rooms,
      deviceSecret: ana.secret,
      invite: made,
      onJoined,
    });
    const [ben, cleo] = await Promise.all([openDevice('ben'), openDevice('cleo')]);
    await join(ana, ben, invite, ' Ben \u0007 B. ');
    await vi.waitFor(() => expect(onJoined).toHaveBeenCalledTimes(1));
    await join(ana, cleo, invite, 'Cleo');
    await vi.waitFor(() => expect(onJoined).toHaveBeenCalledTimes(2));
    await exchange(ana, ben, cleo);
    enroller.close();
    expect(rolesOf(cleo.log.roster(), ben.pk)).toEqual(['admin', 'commander']);
    expect(rolesOf(cleo.log.roster(), cleo.pk)).toEqual(['responder']);
    expect([...memberNames(cleo.rooms.main('room')?.messages ?? [], cleo.log.roster()).values()]).toEqual([
      'Ben B.',
      'Cleo',
    ]);
    expect(
      ben.rooms
        .list()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['Bridge', 'Vault']);
    expect(onJoined.mock.calls[0]?.[0]).toMatchObject({
      pk: ben.pk,
      name: 'Ben B.',
      words: fourWords(made.publicKey, ben.pk),
    });
    expect(JSON.stringify(ana.log.events())).not.toContain('Cleo');
  });

  test('goes no further than the uses and hours of the invite, by the clock of the admin', async () => {
    const { ana, made, invite } = await inviting();
    const onProblem = vi.fn();
    const options = { log: ana.log, rooms: ana.rooms, deviceSecret: ana.secret, invite: made, onProblem };
    const first = startEnroller({ ...options, maxUses: 1 });
    const [ben, cleo] = await Promise.all([openDevice('ben'), openDevice('cleo')]);
    await join(ana, ben, invite, 'Ben');
    await join(ana, cleo, invite, 'Cleo');
    await vi.waitFor(() =>
      expect(onProblem).toHaveBeenCalledWith('Cleo asked to join, but the invite has been used up.'),
    );
    first.close();
    ana.clock.now += 25 * 3_600_000;
    startEnroller(options).close();
    await vi.waitFor(() => expect(onProblem).toHaveBeenCalledWith('Cleo asked to join, but the invite is too old.'));
    expect(ana.log.roster().keys.has(ben.pk)).toBe(true);
    expect(ana.log.roster().keys.has(cleo.pk)).toBe(false);
  });

  test('a removed device cannot come back by asking again', async () => {
    const { ana, made, invite } = await inviting();
    const onJoined = vi.fn();
    const options = { log: ana.log, rooms: ana.rooms, deviceSecret: ana.secret, invite: made, onJoined };
    const enroller = startEnroller(options);
    const ben = await openDevice('ben');
    await join(ana, ben, invite, 'Ben');
    await vi.waitFor(() => expect(onJoined).toHaveBeenCalledOnce());
    await removeDevice(ana.log, ana.rooms, ben.pk);
    const held = ana.log.events().length;
    ben.clock.now += 60_000;
    await join(ana, ben, invite, 'Ben');
    await vi.waitFor(() => expect(ana.log.events().length).toBeGreaterThan(held));
    enroller.close();
    expect(may(ana.log.roster(), ben.pk, KIND.sealed)).toBe(false);
    expect(onJoined).toHaveBeenCalledOnce();
  });
});

test('four words fit one pair of keys, and the list has one word for each byte', () => {
  const [one, other] = [1, 2].map((n) => publicKeyOf(new Uint8Array(32).fill(n))) as [string, string];
  expect(fourWords(one, other)).toEqual(fourWords(one, other));
  expect(fourWords(one, other)).not.toEqual(fourWords(other, one));
  expect(fourWords(one, other)).toHaveLength(4);
  expect(new Set(WORDS).size).toBe(256);
  expect(WORDS.every((word) => /^[a-z]{3,9}$/.test(word))).toBe(true);
});
