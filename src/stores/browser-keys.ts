import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { StoreFailure } from '../log/store/damage.ts';
import type { Platform } from '../platform.ts';
import { type KeyStorage, type Keystore, openKeystore } from '../vault/keystore.ts';
import type { LocalStorage } from './local.ts';
import type { Keys, Opened } from './outside.ts';
import type { ScreenLock } from './screen-lock.ts';

const OPEN_WITHIN_MS = 3_000;
const PLACE = 'lifeboat-key';

interface KeySchema extends DBSchema {
  keys: { key: string; value: string };
}

/** The device key, wrapped, in two kinds of storage: where one is damaged the other still opens the bridge. */
export function browserKeys(local: LocalStorage, platform: Pick<Platform, 'random'>, lock: ScreenLock): Keys {
  return keysIn([inLocalStorage(local), inDatabase()], platform, lock);
}

export function keysIn(storages: readonly KeyStorage[], platform: Pick<Platform, 'random'>, lock: ScreenLock): Keys {
  const keystore = openKeystore(storages, platform);
  return {
    look: async () => (await keystore.look()).type,
    screenLock: async () => {
      const kept = await keystore.look();
      if (kept.type === 'kept' && kept.prf !== null) return 'kept';
      return (await lock.offered()) ? 'offered' : 'none';
    },
    keep: async (secret, passphrase, name) => {
      // First of all, while the browser still counts the tap that asked for it.
      const prf = name === null ? null : await lock.make(name);
      await keystore.save(secret, passphrase, prf ?? undefined);
    },
    addScreenLock: async (secret, name) => {
      const prf = await lock.make(name);
      if (prf !== null) await keystore.addPrf(secret, prf);
      return prf !== null;
    },
    mend: () => keystore.mend(),
    open: async (passphrase) => opened(await keystore.unlock(passphrase)),
    openByScreenLock: async () => {
      const kept = await keystore.look();
      if (kept.type !== 'kept' || kept.prf === null) return { type: 'broken' };
      const output = await lock.ask(kept.prf);
      return output === null ? { type: 'refused' } : opened(await keystore.unlockByPrf(output));
    },
  };
}

function opened(unlocked: Awaited<ReturnType<Keystore['unlock']>>): Opened {
  if (unlocked.type === 'ok') return unlocked;
  return { type: unlocked.type === 'wrong' ? 'wrong' : 'broken' };
}

function inLocalStorage(local: LocalStorage): KeyStorage {
  return {
    read: async () => local.getItem(PLACE),
    write: async (text) => local.setItem(PLACE, text),
  };
}

/** A database of its own: damage to the log's database then leaves the key alone. */
function inDatabase(): KeyStorage {
  const open = () => answeredInTime(openDB<KeySchema>(PLACE, 1, { upgrade: makeStore }));
  return {
    read: async () => {
      const database = await open();
      const text = await database.get('keys', PLACE);
      database.close();
      return text ?? null;
    },
    write: async (text) => {
      const database = await open();
      const transaction = database.transaction('keys', 'readwrite', { durability: 'strict' });
      await Promise.all([transaction.store.put(text, PLACE), transaction.done]);
      database.close();
    },
  };
}

function makeStore(database: IDBPDatabase<KeySchema>): void {
  database.createObjectStore('keys');
}

/** A database that never opens must not keep the other storage from opening the bridge. */
function answeredInTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new StoreFailure('silent')), OPEN_WITHIN_MS);
  });
  return Promise.race([answer, late]);
}
