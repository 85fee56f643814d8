import { type DBSchema, openDB } from 'idb';
import type { Platform } from '../platform.ts';
import { type KeyStorage, openKeystore } from '../vault/keystore.ts';
import type { LocalStorage } from './local.ts';
import type { Keys } from './outside.ts';

const PLACE = 'lifeboat-key';

interface KeySchema extends DBSchema {
  keys: { key: string; value: string };
}

/** The device key, wrapped, in two kinds of storage: where one is damaged the other still opens the bridge. */
export function browserKeys(local: LocalStorage, platform: Pick<Platform, 'random'>): Keys {
  const keystore = openKeystore([inLocalStorage(local), inDatabase()], platform);
  return {
    look: async () => (await keystore.look()).type,
    keep: (secret, passphrase) => keystore.save(secret, passphrase),
    mend: () => keystore.mend(),
    open: async (passphrase) => {
      const unlocked = await keystore.unlock(passphrase);
      if (unlocked.type === 'ok') return unlocked;
      return { type: unlocked.type === 'wrong-passphrase' ? 'wrong' : 'broken' };
    },
  };
}

function inLocalStorage(local: LocalStorage): KeyStorage {
  return {
    read: async () => local.getItem(PLACE),
    write: async (text) => local.setItem(PLACE, text),
  };
}

/** A database of its own: damage to the log's database then leaves the key alone. */
function inDatabase(): KeyStorage {
  const open = () => openDB<KeySchema>(PLACE, 1, { upgrade: (database) => void database.createObjectStore('keys') });
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
