import { browserCanary } from './browser-canary.ts';
import { openIdbStore } from './idb-store.ts';
import { createMemoryStore } from './memory-store.ts';
import type { LogStore } from './store.ts';

/**
 * This browser's copy of an organisation's log. Where the browser gives no storage at all, the log lives as long as the
 * page, and `damage()` says so.
 */
export async function openDeviceStore(org: string): Promise<LogStore> {
  const name = `lifeboat-log-${org}`;
  if (typeof indexedDB === 'undefined') return memoryOnly('it offers none');
  const store = openIdbStore(name, browserCanary(name));
  try {
    await store.all();
    return store;
  } catch (error) {
    await store.close();
    return memoryOnly(error instanceof Error ? error.message : String(error));
  }
}

function memoryOnly(reason: string): LogStore {
  const sentence = `This browser keeps nothing on disk (${reason}); what is written here is gone with this page.`;
  return { ...createMemoryStore(), damage: async () => [sentence] };
}
