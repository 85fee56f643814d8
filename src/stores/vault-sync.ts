import type { Platform } from '../platform.ts';
import { hashOf } from '../vault/manifest.ts';
import { type FileCache, fetchFile } from './vault-files.ts';

const AT_ONCE = 6;

/** One pass over the files that a manifest names. */
export interface SyncOptions {
  readonly platform: Pick<Platform, 'fetch'>;
  readonly files: FileCache;
  /** Own site first, then the mirrors. */
  readonly origins: readonly string[];
  /** SHA-256 (hex) of every file that should be here. */
  readonly wanted: readonly string[];
  /** Called with each file as soon as it is on this device, held ones first. */
  readonly onFile: (hash: string, bytes: Uint8Array) => Promise<void>;
  /** False once nobody waits for the result any more. */
  readonly goesOn: () => boolean;
}

export interface SyncResult {
  /** Files that no origin gave. */
  readonly missing: number;
  /** Files that were here and damaged; they are fetched again. */
  readonly damaged: number;
}

/** Brings the wanted files to this device. Rejects where the device refuses to store. */
export async function syncFiles({
  platform,
  files,
  origins,
  wanted,
  onFile,
  goesOn,
}: SyncOptions): Promise<SyncResult> {
  const held = await files.list();
  const lacking = wanted.filter((hash) => !held.has(hash));
  let [missing, damaged] = [0, 0];
  for (const hash of wanted) {
    if (!goesOn()) return { missing: lacking.length, damaged };
    if (!held.has(hash)) continue;
    const bytes = await files.get(hash);
    if (bytes !== null && hashOf(bytes) === hash) await onFile(hash, bytes);
    else {
      damaged += 1;
      lacking.push(hash);
    }
  }
  const fetchNext = async () => {
    for (let hash = lacking.shift(); hash !== undefined && goesOn(); hash = lacking.shift()) {
      const bytes = await fetchFile(platform, origins, hash);
      if (bytes === null) missing += 1;
      else {
        await files.put(hash, bytes);
        await onFile(hash, bytes);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchNext));
  return { missing, damaged };
}
