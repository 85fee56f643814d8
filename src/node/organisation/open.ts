import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Log, openLog } from '../../log/log.ts';
import { openRooms, type Rooms } from '../../log/room.ts';
import { foldRoster } from '../../model/roster.ts';
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

/**
 * Opens one key's copy of the log in `dir` and links it to `relays`; with none given, to those that the roster names.
 * The caller closes the log.
 */
export async function openKeyLog(dir: string, key: KeyName, relays: readonly string[] = []): Promise<OpenedLog> {
  const organisation = await readOrganisation(dir);
  const secret = await readKey(dir, key);
  const store = openSqliteStore(join(dir, `${key}.db`));
  const known = relays.length > 0 ? relays : foldRoster(await store.all(), organisation.root).settings.relays;
  const log = await openLog({ root: organisation.root, relays: known, store, platform: nodePlatform });
  log.unlock(secret);
  return { organisation, log, secret };
}

/** Opens the log as the member whose device this folder is. */
export async function openMember(dir: string, relays: readonly string[] = []): Promise<OpenedMember> {
  const opened = await openKeyLog(dir, 'device', relays);
  return { ...opened, rooms: openRooms(opened.log, opened.secret) };
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
