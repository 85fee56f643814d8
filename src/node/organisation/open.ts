import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Log, openLog } from '../../log/log.ts';
import { openRooms, type Rooms } from '../../log/rooms/room.ts';
import type { Damage } from '../../log/store/damage.ts';
import type { LogStore } from '../../log/store/store.ts';
import { foldRoster } from '../../model/roster.ts';
import type { Platform } from '../../platform.ts';
import { fastVerify } from '../fast-verify.ts';
import { PlainError } from '../plain-error.ts';
import { nodePlatform } from '../platform.ts';
import { damageSentence } from '../store/damage-sentence.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import { type KeyName, type Organisation, readKey, readOrganisation } from './folder.ts';

export interface OpenedLog {
  readonly organisation: Organisation;
  /** Unlocked with `secret`. */
  readonly log: Log;
  readonly secret: Uint8Array;
  /** What was wrong with the copy when it was opened; the person was told on stderr. */
  readonly damage: readonly Damage[];
}

/** A member's log and its rooms. */
export interface OpenedMember extends OpenedLog {
  readonly rooms: Rooms;
}

/**
 * These relays; with none given, those that the roster names; or this device's copy alone: always, or unless it is damaged
 * and must heal from the roster's relays.
 */
export type Reach = readonly string[] | 'offline' | 'offline unless damaged';

/** Opens one key's copy of the log in `dir` and links it to the relays of `reach`. The caller closes the log. */
export async function openKeyLog(
  dir: string,
  key: KeyName,
  reach: Reach = [],
  platform: Platform = nodePlatform,
): Promise<OpenedLog> {
  const organisation = await readOrganisation(dir);
  const secret = await readKey(dir, key);
  if (typeof reach !== 'string') reach.forEach(checkAddress);
  const path = join(dir, `${key}.db`);
  const store = openSqliteStore(path);
  const damage = await store.damage();
  for (const one of damage) process.stderr.write(`${damageSentence(one)}\n`);
  const relays = await relaysOf(damage.length > 0 && reach === 'offline unless damaged' ? [] : reach, store, {
    root: organisation.root,
    remembered: `${path}.relays`,
  });
  const verify = await fastVerify();
  const log = await openLog({ root: organisation.root, relays, store, platform, verify });
  log.unlock(secret);
  return { organisation, log, secret, damage };
}

/** The roster's relays are remembered beside the copy: one that lost its roster must still find where to heal from. */
async function relaysOf(
  reach: Reach,
  store: LogStore,
  { root, remembered }: { readonly root: string; readonly remembered: string },
): Promise<readonly string[]> {
  if (typeof reach === 'string') return [];
  const known = await knownRelays(remembered);
  const { relays } = foldRoster(await store.all(), root).settings;
  if (relays.length === 0) return reach.length > 0 ? reach : known;
  if (relays.join('\n') !== known.join('\n')) await writeFile(remembered, `${relays.join('\n')}\n`);
  return reach.length > 0 ? reach : relays;
}

async function knownRelays(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => ''); // Not there before the roster first named relays.
  return text.split('\n').filter(isAddress);
}

/** Throws a PlainError for what cannot be the address of a relay. */
export function checkAddress(text: string): void {
  if (!isAddress(text)) throw new PlainError(`"${text}" is no address of a relay: it begins with ws:// or wss://.`);
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && ['ws:', 'wss:'].includes(new URL(text).protocol);
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
