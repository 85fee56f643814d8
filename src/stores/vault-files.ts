import type { Platform } from '../platform.ts';
import { hashOf, vaultPath } from '../vault/manifest.ts';

/** Sealed files by the SHA-256 (hex) of their bytes, kept on this device as they came: age files. */
export interface FileCache {
  get(hash: string): Promise<Uint8Array | null>;
  /** Rejects where the device is full. */
  put(hash: string, bytes: Uint8Array): Promise<void>;
  remove(hash: string): Promise<void>;
  list(): Promise<ReadonlySet<string>>;
}

const DEADLINE_MS = 10_000;
const CACHE = 'vault-1';

/** Fetches one file from the first of `origins` that gives the right bytes; null when none does. */
export async function fetchFile(
  platform: Pick<Platform, 'fetch'>,
  origins: readonly string[],
  hash: string,
): Promise<Uint8Array | null> {
  for (const origin of origins) {
    try {
      const signal = AbortSignal.timeout(DEADLINE_MS);
      const answer = await platform.fetch(origin + vaultPath(hash), { credentials: 'omit', signal });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (answer.ok && hashOf(bytes) === hash) return bytes;
    } catch {
      // Refused, frozen or cut off: the next origin may do better.
    }
  }
  return null;
}

/** Cache Storage: it lives on where the browser's database is damaged (reference: Storage can vanish). */
export function browserFiles(storage: CacheStorage): FileCache {
  const cache = () => storage.open(CACHE);
  return {
    async get(hash) {
      const found = await (await cache()).match(vaultPath(hash));
      return found === undefined ? null : new Uint8Array(await found.arrayBuffer());
    },
    async put(hash, bytes) {
      await (await cache()).put(vaultPath(hash), new Response(new Uint8Array(bytes)));
    },
    async remove(hash) {
      await (await cache()).delete(vaultPath(hash));
    },
    async list() {
      const requests = await (await cache()).keys();
      return new Set(requests.flatMap(({ url }) => /\/vault\/([0-9a-f]{64})\.age$/.exec(url)?.[1] ?? []));
    },
  };
}

/** For tests, and for a browser that refuses to store: gone when the page closes. */
export function memoryFiles(): FileCache {
  const files = new Map<string, Uint8Array>();
  return {
    get: async (hash) => files.get(hash) ?? null,
    put: async (hash, bytes) => void files.set(hash, bytes),
    remove: async (hash) => void files.delete(hash),
    list: async () => new Set(files.keys()),
  };
}
