import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { publicKeyOf } from '../../log/event.ts';
import { type Log, openLog } from '../../log/log.ts';
import { fourWords, type Invite, parseInvite } from '../../log/people/invite.ts';
import { joinRequest } from '../../log/people/join.ts';
import { openRooms } from '../../log/rooms/room.ts';
import { KIND } from '../../model/event.ts';
import { readSnapshot } from '../../model/read-snapshot.ts';
import { readNumber } from '../options.ts';
import { findKey, findOrganisation, type Organisation, writableFolder, writeWhole } from '../organisation/folder.ts';
import { PlainError } from '../plain-error.ts';
import { nodePlatform } from '../platform.ts';
import { stopped } from '../stopped.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { EnrolValues } from './enrol.ts';

/**
 * Asks to join with a fresh key of this machine, shows the four words, and waits until an admin's device lets it in. Cut
 * off at any point, the same command goes on with the same key; organisation.json comes last, and makes the folder usable.
 */
export async function joinByInvite(values: EnrolValues, given: string): Promise<number> {
  const parsed = parseInvite(given === '-' ? await text(process.stdin) : given);
  if (parsed.type === 'invalid') throw new PlainError(parsed.reason);
  const name = values.name?.trim() ?? '';
  if (name === '') throw new PlainError('--name is missing; say who asks to join.');
  const { invite } = parsed;
  const dir = await writableFolder(values.dir);
  if ((await findOrganisation(dir)) !== undefined)
    throw new PlainError(`There is an organisation in ${dir} already; choose another --dir for this device.`);
  const secret = await deviceKey(dir);
  const relays = values.relay.length > 0 ? values.relay : invite.relays;
  const store = openSqliteStore(join(dir, 'device.db'));
  const log = await openLog({ root: invite.root, relays, store, platform: nodePlatform });
  try {
    log.unlock(secret);
    const asker = publicKeyOf(hexToBytes(invite.secret));
    if (!log.events().some(({ kind, pubkey }) => kind === KIND.join && pubkey === asker))
      await log.add([joinRequest(invite, publicKeyOf(secret), name, nodePlatform)]);
    const words = fourWords(asker, publicKeyOf(secret));
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ words, pk: publicKeyOf(secret) })}\n`
        : `The admin who made the link must see these four words: ${words.join(' ')}\n`,
    );
    const seconds = readNumber('wait', values.wait ?? '600', 0, 86_400);
    if (!(await letIn(log, secret, seconds * 1000)))
      throw new PlainError(`Not let in yet; run the same command again to go on waiting${reach(log)}.`, 1);
    await writeWhole(join(dir, 'organisation.json'), `${JSON.stringify(organisationOf(log, invite), null, 2)}\n`);
    const { roles = [], member } = log.roster().keys.get(publicKeyOf(secret)) ?? {};
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ enrolled: name, member, roles, dir })}\n`
        : `Enrolled as ${roles.join(' and ')}; this device is kept in ${dir}.\n`,
    );
    return 0;
  } finally {
    await log.close();
  }
}

/** The key of an earlier try, or a fresh one. */
async function deviceKey(dir: string): Promise<Uint8Array> {
  const found = await findKey(dir, 'device');
  if (found !== undefined) return found;
  const secret = nodePlatform.random(32);
  await writeWhole(join(dir, 'device.key'), `${bytesToHex(secret)}\n`, true);
  return secret;
}

/** True once the roster names this key and, if it reads, a room has come; false when time or patience is over. */
async function letIn(log: Log, secret: Uint8Array, timeoutMs: number): Promise<boolean> {
  const rooms = openRooms(log, secret);
  const isIn = () => {
    const key = log.roster().keys.get(publicKeyOf(secret));
    if (key?.removed === true)
      throw new PlainError('An admin has refused this device for ever; ask for a new invite.', 1);
    return key !== undefined && rooms.main('room') !== undefined;
  };
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const look = () => {
    try {
      if (isIn()) resolve(true);
    } catch (error) {
      reject(error);
    }
  };
  const ends = [log.onEvents(look), log.platform.after(timeoutMs, () => resolve(false))];
  void stopped().then(() => resolve(false));
  look();
  try {
    return await promise;
  } finally {
    for (const end of ends) end();
  }
}

function reach(log: Log): string {
  const reached = log.links().some(({ state }) => state === 'open');
  return reached ? '' : ': none of the relays of the link was reached';
}

/** The link does not say what the organisation is called: its page does, else the address of the first relay stands in. */
function organisationOf(log: Log, { root, relays }: Invite): Organisation {
  const pages = log.events().flatMap((event) => readSnapshot(event, log.roster())?.page.name ?? []);
  const recovery = log.roster().settings.vault[0];
  if (recovery === undefined)
    throw new PlainError('The roster names no recovery recipient; ask an admin to build the vault.', 1);
  return { v: 1, name: pages[0] ?? relays[0] ?? 'Lifeboat', root, recovery };
}
