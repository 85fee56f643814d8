import { join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { publicKeyOf } from '../../log/event.ts';
import { openLog } from '../../log/log.ts';
import { nameAlertRoom, type Says, signRootRoster } from '../../log/people/roster-writer.ts';
import { openRooms } from '../../log/rooms/room.ts';
import { PlainError } from '../plain-error.ts';
import { nodePlatform } from '../platform.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import { findOrganisation, type KeyName, type Organisation, writeWhole } from './folder.ts';
import { writePaper } from './paper.ts';

export interface Created {
  readonly organisation: Organisation;
  /** Folder with the sheets to print. */
  readonly paper: string;
}

/** The vantage of the watcher that `up` and `watch` run with the key made here. */
export const FIRST_VANTAGE = 'first';

/**
 * Makes an organisation in `dir` (writable, without one yet): root key and spare, this machine's keys, the recovery
 * identity, the root's first roster and the two rooms. organisation.json comes last: without it nothing was made.
 */
export async function createOrganisation(dir: string, name: string): Promise<Created> {
  if ((await findOrganisation(dir)) !== undefined) {
    throw new PlainError(
      `There is an organisation in ${dir} already, and nothing was overwritten; choose another --dir.`,
    );
  }
  const keys = { root: newKey(), spare: newKey(), device: newKey(), watcher: newKey(), publisher: newKey() };
  const recoveryIdentity = await generateX25519Identity();
  const recovery = await identityToRecipient(recoveryIdentity);
  const paper = await writePaper(dir, {
    name,
    rootKey: bytesToHex(keys.root),
    spareRootKey: bytesToHex(keys.spare),
    recoveryIdentity,
  });
  for (const role of ['device', 'watcher', 'publisher'] satisfies KeyName[]) {
    await writeWhole(join(dir, `${role}.key`), `${bytesToHex(keys[role])}\n`, true);
  }
  await writeFirstEvents(dir, keys, recovery);
  const organisation: Organisation = { v: 1, name, root: publicKeyOf(keys.root), recovery };
  await writeWhole(join(dir, 'organisation.json'), `${JSON.stringify(organisation, null, 2)}\n`);
  return { organisation, paper };
}

type Keys = Readonly<Record<KeyName | 'root' | 'spare', Uint8Array>>;

async function writeFirstEvents(dir: string, keys: Keys, recovery: string): Promise<void> {
  const store = openSqliteStore(join(dir, 'device.db'));
  const log = await openLog({ root: publicKeyOf(keys.root), relays: [], store, platform: nodePlatform });
  await log.add([signRootRoster(keys.root, firstRoster(keys, recovery), nodePlatform.now())]);
  log.unlock(keys.device);
  const rooms = openRooms(log, keys.device);
  await rooms.create('room', 'Bridge');
  await rooms.create('vault', 'Vault');
  await nameAlertRoom(log, rooms);
  await log.close();
}

/** What the root says first. The spare root key is announced by its hash alone, so that it can lie on its own sheet. */
function firstRoster(keys: Keys, recovery: string): Says {
  const grant = (key: Uint8Array) => ({ pk: publicKeyOf(key), member: bytesToHex(nodePlatform.random(16)) });
  return {
    grants: [
      { ...grant(keys.device), roles: ['admin', 'commander'] },
      { ...grant(keys.watcher), roles: ['watcher'], vantage: FIRST_VANTAGE },
      { ...grant(keys.publisher), roles: ['publisher'] },
    ],
    set: { vault: [1, [recovery]] },
    next: bytesToHex(sha256(hexToBytes(publicKeyOf(keys.spare)))),
  };
}

function newKey(): Uint8Array {
  return nodePlatform.random(32);
}
