import { vaultIdentity } from '../vault/age-file.ts';
import { currentVault } from '../vault/manifest.ts';
import { $roster } from './claims.ts';
import { type LocalStorage, readLocal, writeLocal } from './local.ts';
import { $rooms } from './room.ts';

const COMPLETE = 'lifeboat-vault';

/** What the unlocked device should have of the vault. */
export interface Wish {
  /** SHA-256 of manifests: the one that counts, then the last that was complete on this device. */
  readonly manifests: readonly string[];
  /** age identities of every epoch that this device can open. */
  readonly identities: readonly string[];
  /** Another one as soon as there is something new to do. */
  readonly key: string;
}

/** Null while locked, without a key to the vault, or before any vault was announced. */
export function currentWish(local: LocalStorage): Wish | null {
  const [rooms, roster] = [$rooms.get(), $roster.get()];
  const room = rooms?.main('vault');
  if (rooms === null || roster === null || room === undefined) return null;
  const announced = currentVault(room.messages, roster)?.manifest;
  const manifests = [announced, readLocal(local, COMPLETE)].filter((hash) => typeof hash === 'string');
  if (manifests.length === 0) return null;
  const identities = rooms.epochs(room.id).all.map(({ secret }) => vaultIdentity(secret));
  return { manifests: [...new Set(manifests)], identities, key: `${announced} ${identities.length}` };
}

/** Remembers which manifest this device has whole: until the next one is whole too, it is the one to show. */
export function rememberComplete(local: LocalStorage, manifest: string): void {
  writeLocal(local, COMPLETE, manifest);
}
