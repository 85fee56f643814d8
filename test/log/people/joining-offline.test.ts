import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { setApprovals } from '../../../src/log/people/approving.ts';
import { parseInvite } from '../../../src/log/people/invite.ts';
import { joinRequest, makeInvite } from '../../../src/log/people/join.ts';
import { admitJoin, denyKey, pendingJoins } from '../../../src/log/people/join-queue.ts';
import { removeDevice, signRootRoster } from '../../../src/log/people/roster-writer.ts';
import { openRooms } from '../../../src/log/rooms/room.ts';
import { startRelay } from '../../../src/node/relay/server.ts';
import { makeFolder, openDevice } from '../log-devices.ts';
import { keyNumber, ROOT, ROOT_KEY } from '../signing.ts';

const PATIENCE = { timeout: 10_000 };

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A device that knows one relay. */
async function deviceAt(relay: string, n: number) {
  const secret = keyNumber(n);
  const log = await openDevice([relay], secret);
  return { log, secret, rooms: openRooms(log, secret), pk: log.pubkey ?? '' };
}

test('with every relay down people are invited, let in, refused and removed; it spreads when one returns', async () => {
  const port = await freePort();
  const relay = `ws://127.0.0.1:${port}`;
  const [ana, ben, cleo, dora, eva] = await Promise.all([1, 2, 3, 4, 5].map((n) => deviceAt(relay, n)));
  if (!(ana && ben && cleo && dora && eva)) throw new Error('five devices are needed');
  const grant = (pk: string, ...roles: string[]) => ({ pk, member: `member ${pk.slice(0, 8)}`, roles });
  const grants = [grant(ana.pk, 'admin'), grant(ben.pk, 'admin'), grant(eva.pk, 'commander')];
  const founding = signRootRoster(ROOT_KEY, { grants }, Date.now());
  await Promise.all([ana, ben].map(({ log }) => log.add([founding])));
  const room = await ana.rooms.create('room', 'Bridge');

  const made = await makeInvite(ana.log, 'http://127.0.0.1:1', [relay]);
  const parsed = parseInvite(made.link);
  if (parsed.type !== 'ok') throw new Error(parsed.reason);
  // Each asks on the own device; a screen's code or a file carries it to the admin.
  for (const [newcomer, name] of [[cleo, 'Cleo'] as const, [dora, 'Dora'] as const]) {
    const request = joinRequest(parsed.invite, newcomer.pk, name, newcomer.log.platform);
    await newcomer.log.add([request]);
    await ana.log.add([request]);
  }
  const [first] = pendingJoins(ana.log, ana.secret, [made]);
  if (first === undefined) throw new Error('nobody asked');
  await admitJoin(ana.log, ana.rooms, first, ['responder']);
  await denyKey(ana.log, dora.pk);
  await removeDevice(ana.log, ana.rooms, eva.pk);
  await setApprovals(ana.log, { critical: 1 }, 60);
  await ana.rooms.say(room, 'note', 'Everything is down.');
  expect(ana.log.links()[0]?.state).not.toBe('open');

  const running = await startRelay({ port, host: '127.0.0.1', db: join(makeFolder(), 'relay.db'), root: ROOT });
  onTestFinished(running.close);
  for (const { log } of [ana, ben, cleo, dora, eva]) log.wake();
  await vi.waitFor(() => {
    for (const { log } of [ben, cleo, dora, eva]) {
      const { keys, removed, settings } = log.roster();
      expect(keys.get(cleo.pk)?.roles).toEqual(['responder']);
      expect(removed).toEqual(new Set([dora.pk, eva.pk]));
      expect(settings.approvals).toEqual({ critical: 1 });
    }
    for (const { rooms } of [ben, cleo]) {
      const said = rooms.get(room)?.messages.map(({ body }) => body);
      expect(said).toEqual([{ member: expect.any(String), name: 'Cleo' }, 'Everything is down.']);
    }
  }, PATIENCE);
  expect(dora.rooms.list()).toEqual([]);
  // The room was wrapped to Eva once, and a relay that was empty may learn of her removal last: what was said after it stays
  // closed to her all the same.
  const read = eva.rooms.list().flatMap(({ messages }) => messages.map(({ body }) => body));
  expect(read).not.toContain('Everything is down.');
});
