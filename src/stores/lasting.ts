import { atom } from 'nanostores';
import { readLocal, writeLocal } from './local.ts';
import { outside } from './outside.ts';

/** What the browser says about the storage of this origin. */
export interface DeviceStorage {
  /** Whether the browser has promised not to clear it by itself. */
  persisted(): Promise<boolean>;
  /** Asks for that promise; some browsers ask the person. */
  persist(): Promise<boolean>;
  /** Bytes in use; null where the browser does not say. What it says about free room is not to be trusted. */
  used(): Promise<number | null>;
}

export interface Lasting {
  readonly promise: 'unknown' | 'given' | 'not-asked' | 'refused';
  readonly used: number | null;
}

const ASKED = 'lifeboat-asked-to-keep';

export const $lasting = atom<Lasting>({ promise: 'unknown', used: null });

/** Looks again at how much is used, and whether the copy may be cleared. */
export async function lookAtStorage(): Promise<void> {
  const { storage, local } = outside();
  if (storage === undefined) return;
  const [given, used] = await Promise.all([storage.persisted(), storage.used()]);
  const wasAsked = readLocal(local, ASKED) !== null;
  $lasting.set({ promise: given ? 'given' : wasAsked ? 'refused' : 'not-asked', used });
}

/** Asks the browser to keep this copy; what it answered is shown, and never assumed. */
export async function askToKeep(): Promise<void> {
  const { storage, local } = outside();
  await storage?.persist();
  writeLocal(local, ASKED, 'yes');
  await lookAtStorage();
}

/** Once, when this device first holds something that its owner would miss. */
export async function askToKeepOnce(): Promise<void> {
  if (readLocal(outside().local, ASKED) === null) await askToKeep();
  else await lookAtStorage();
}

/** `navigator.storage`; what it lacks or refuses counts as "no" and "not known". */
export function browserStorage(manager: StorageManager | undefined): DeviceStorage {
  return {
    persisted: async () => (await manager?.persisted().catch(() => false)) ?? false,
    persist: async () => (await manager?.persist().catch(() => false)) ?? false,
    used: async () => (await manager?.estimate().catch(() => null))?.usage ?? null,
  };
}
