import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Log, openLog } from '../../log/log.ts';
import { openRooms, type Rooms } from '../../log/rooms/room.ts';
import type { LogStore } from '../../log/store/store.ts';
import { foldRoster } from '../../model/roster.ts';
import type { Platform } from '../../platform.ts';
import { fastVerify } from '../fast-verify.ts';
import { PlainError } from '../plain-error.ts';
import { nodePlatform } from '../platform.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import { type KeyName, type Organisation, readKey, readOrganisation } from './folder.ts';

export interface OpenedLog {
  readonly organisation: Organisation;
  /** Unlocked with `secret`. */
  readonly log: Log;
  readonly secret: Uint8Array;
}

/** A member's log and its rooms. */
export interface OpenedMember extends OpenedLog {
  readonly rooms: Rooms;
}

/** These relays; with none given, those that the roster names; or this device's copy alone. */
export type Reach = readonly string[] | 'offline';

/** Opens one key's copy of the log in `dir` and links it to the relays of `reach`. The caller closes the log. */
export async function openKeyLog(
  dir: string,
  key: KeyName,
  reach: Reach = [],
  platform: Platform = nodePlatform,
): Promise<OpenedLog> {
  const organisation = await readOrganisation(dir);
  const secret = await readKey(dir, key);
  const store = openSqliteStore(join(dir, `${key}.db`));
  const relays = await relaysOf(reach, store, organisation.root);
  const verify = await fastVerify();
  const log = await openLog({ root: organisation.root, relays, store, platform, verify });
  log.unlock(secret);
  return { organisation, log, secret };
}

async function relaysOf(reach: Reach, store: LogStore, root: string): Promise<readonly string[]> {
  if (reach === 'offline') return [];
  return reach.length > 0 ? reach : foldRoster(await store.all(), root).settings.relays;
}

/** Opens the log as the member whose device this folder is. */
export async function openMember(dir: string, reach: Reach = []): Promise<OpenedMember> {
  const opened = await openKeyLog(dir, 'device', reach);
  return { ...opened, rooms: openRooms(opened.log, opened.secret) };
}

/** The key that this folder runs with: the device's, or on a machine of its own the watcher's or the publisher's. */
export async function ownKey(dir: string): Promise<KeyName> {
  const names: readonly KeyName[] = ['device', 'watcher', 'publisher'];
  const found = await Promise.all(
    names.map((name) =>
      access(join(dir, `${name}.key`)).then(
        () => true,
        () => false,
      ),
    ),
  );
  // With none, the device's key is the one that is missed.
  return names[found.indexOf(true)] ?? 'device';
}

/** Where `up` last served the site of this organisation; undefined where it never ran here. */
export async function lastSite(dir: string): Promise<string | undefined> {
  const text = await readFile(join(dir, 'up.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return (JSON.parse(text) as { site: string }).site;
  } catch {
    throw new PlainError(`${join(dir, 'up.json')} is damaged; delete it, it is written anew by "lifeboat up".`);
  }
}
