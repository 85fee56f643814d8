import { atom } from 'nanostores';
import { vaultIdentity } from '../vault/age-file.ts';
import { currentVault, hashOf, type ManifestEntry, openDocument, openManifest } from '../vault/manifest.ts';
import { $roster } from './claims.ts';
import { $messages } from './language.ts';
import { openLibrary } from './library.ts';
import { readLocal, report, sentenceOf, settle, writeLocal } from './local.ts';
import { $version } from './log.ts';
import { outside } from './outside.ts';
import { $rooms } from './room.ts';
import { $site } from './site.ts';
import { fetchFile } from './vault-files.ts';
import { syncFiles } from './vault-sync.ts';

const RETRY_MS = 5_000;
/** Opening a document costs some milliseconds; after this many the page may draw. */
const SLICE_MS = 12;
const COMPLETE = 'lifeboat-vault';

/** How much of the vault lies on this device. */
export interface VaultState {
  /** Whether the list of documents is here. */
  readonly listed: boolean;
  readonly held: number;
  readonly all: number;
  readonly opened: number;
  readonly doing: 'nothing' | 'fetching' | 'waiting';
  /** Files that were damaged and are fetched again. */
  readonly damaged: number;
}

const NOTHING: VaultState = { listed: false, held: 0, all: 0, opened: 0, doing: 'nothing', damaged: 0 };

export const $vault = atom<VaultState>(NOTHING);

/** Keeps the vault of the unlocked device complete and opened, until the returned function is called. */
export function openVault(): () => void {
  const { platform, files, local } = outside();
  const library = openLibrary(platform);
  let closed = false;
  let running = false;
  let done = '';
  let cancelRetry = () => {};
  let sliceEnd = 0;
  let trouble = '';

  const run = async () => {
    cancelRetry();
    const wish = wishOf(local);
    if (closed || running || wish === null || wish.key === done) return;
    running = true;
    try {
      const complete = await pass(wish);
      settle(trouble);
      if (complete) done = wish.key;
    } catch (error) {
      trouble = $messages.get().problems.files(sentenceOf(error));
      report(trouble);
    }
    running = false;
    if (closed) return;
    if (done === wish.key) return void run();
    $vault.set({ ...$vault.get(), doing: 'waiting' });
    cancelRetry = platform.after(RETRY_MS, () => void run());
  };

  /** One attempt to have everything that the newest reachable manifest names; false when something is still missing. */
  async function pass({ manifests, identities }: Wish): Promise<boolean> {
    const found = await firstManifest(manifests, identities);
    if (found === null) return false;
    const { entries, hash } = found;
    library.list(entries);
    const byHash = new Map(entries.map((entry) => [entry.sha256, entry]));
    const all = entries.filter((entry) => entry.kind === 'runbook').length;
    $vault.set({ listed: true, held: 0, all, opened: 0, doing: 'fetching', damaged: 0 });
    // Contacts first: whom to call is needed before any runbook.
    const wanted = entries.toSorted((a, b) => Number(b.kind === 'people') - Number(a.kind === 'people'));
    const { missing, damaged } = await syncFiles({
      platform,
      files,
      origins: origins(),
      wanted: wanted.map((entry) => entry.sha256),
      goesOn: () => !closed,
      onFile: async (sha256, bytes) => {
        const entry = byHash.get(sha256);
        if (entry !== undefined) await take(entry, bytes, identities);
      },
    });
    if (closed) return false;
    $vault.set({ ...$vault.get(), doing: 'nothing', damaged });
    if (missing > 0 || hash !== manifests[0]) return false;
    // Only now may the previous list go: a half-fetched one never costs a document.
    writeLocal(local, COMPLETE, hash);
    for (const old of await files.list()) if (old !== hash && !byHash.has(old)) await files.remove(old);
    return true;
  }

  async function take(entry: ManifestEntry, bytes: Uint8Array, identities: readonly string[]): Promise<void> {
    const document = await openDocument(bytes, entry, identities);
    if (closed) return;
    if (document.type === 'ok') library.add(document.value);
    else report(document.reason);
    const { held, opened, ...rest } = $vault.get();
    const one = entry.kind === 'runbook' ? 1 : 0;
    $vault.set({ ...rest, held: held + one, opened: opened + (document.type === 'ok' ? one : 0) });
    if (platform.now() < sliceEnd) return;
    await new Promise<void>((resolve) => platform.after(0, resolve));
    sliceEnd = platform.now() + SLICE_MS;
  }

  async function firstManifest(manifests: readonly string[], identities: readonly string[]) {
    for (const hash of manifests) {
      const kept = await files.get(hash);
      const bytes = kept !== null && hashOf(kept) === hash ? kept : await fetchFile(platform, origins(), hash);
      if (bytes === null) continue;
      if (bytes !== kept) await files.put(hash, bytes);
      const manifest = await openManifest(bytes, hash, identities);
      if (manifest.type === 'ok') return { entries: manifest.value, hash };
      report(manifest.reason);
    }
    return null;
  }

  const stop = $version.subscribe(() => void run());
  return () => {
    closed = true;
    cancelRetry();
    stop();
    library.close();
    $vault.set(NOTHING);
  };
}

interface Wish {
  /** Hashes of manifests: the one that counts, then the last that was complete on this device. */
  readonly manifests: readonly string[];
  readonly identities: readonly string[];
  /** Changes when there is something new to do. */
  readonly key: string;
}

function wishOf(local: Parameters<typeof readLocal>[0]): Wish | null {
  const [rooms, roster] = [$rooms.get(), $roster.get()];
  const room = rooms?.main('vault');
  if (rooms === null || roster === null || room === undefined) return null;
  const announced = currentVault(room.messages, roster)?.manifest;
  const manifests = [announced, readLocal(local, COMPLETE)].filter((hash) => typeof hash === 'string');
  if (manifests.length === 0) return null;
  const identities = rooms.epochs(room.id).all.map(({ secret }) => vaultIdentity(secret));
  return { manifests: [...new Set(manifests)], identities, key: `${announced} ${identities.length}` };
}

function origins(): readonly string[] {
  return [outside().origin, ...($site.get()?.mirrors ?? [])];
}
