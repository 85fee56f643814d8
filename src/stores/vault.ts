import { hashOf, type ManifestEntry, openDocument, openManifest } from '../vault/manifest.ts';
import { $messages } from './language.ts';
import { openLibrary } from './library.ts';
import { attempt, report } from './local.ts';
import { $version } from './log.ts';
import { outside } from './outside.ts';
import { $site } from './site.ts';
import { fetchFile } from './vault-files.ts';
import { olderVersions } from './vault-older.ts';
import { $vault, NO_VAULT } from './vault-state.ts';
import { syncFiles } from './vault-sync.ts';
import { currentWish, rememberComplete, type Wish } from './vault-wish.ts';

const RETRY_MS = 5_000;
const RETRY_MAX_MS = 60_000;
/** How often the files are counted: a browser may empty its storage under an open page. */
const COUNT_EVERY_MS = 10_000;
/** Whom to call, and what to tell the clients, is needed before any runbook. */
const FIRST: readonly ManifestEntry['kind'][] = ['people', 'template', 'runbook'];
/** Opening a document costs some milliseconds; after this many the page may draw. */
const SLICE_MS = 12;

/** Keeps the vault of the unlocked device whole and opened, until the returned function is called. */
export function openVault(): () => void {
  const { platform, files, local } = outside();
  const library = openLibrary(platform);
  const origins = [outside().origin, ...($site.get()?.mirrors ?? [])];
  let closed = false;
  let running = false;
  let listed = '';
  let names: readonly string[] = [];
  let done = '';
  let failures = 0;
  let cancelRetry = () => {};
  let cancelCount = () => {};
  let sliceEnd = 0;

  async function run(): Promise<void> {
    const wish = currentWish(local);
    if (closed || running || wish === null || wish.key === done) return;
    cancelRetry();
    running = true;
    const whole = await attempt('vault', $messages.get().problems.files, async () => {
      if (await pass(wish)) done = wish.key;
    });
    running = false;
    if (closed) return;
    if (whole && done === wish.key) {
      failures = 0;
      return run();
    }
    $vault.set({ ...$vault.get(), doing: 'waiting' });
    cancelRetry = platform.after(Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** failures++), () => void run());
  }

  /** One attempt to have everything that the newest manifest at hand names; false when something is still missing. */
  async function pass({ manifests, identities }: Wish): Promise<boolean> {
    const found = await firstManifest(manifests, identities);
    if (found === null) return false;
    const { entries, hash } = found;
    if (hash !== listed) library.list(entries);
    listed = hash;
    names = [hash, ...entries.map(({ sha256 }) => sha256)];
    const byHash = new Map(entries.map((entry) => [entry.sha256, entry]));
    const runbooks = entries.filter((entry) => entry.kind === 'runbook');
    const kept = await files.list();
    const isHere = ({ sha256 }: ManifestEntry) => kept.has(sha256) && library.has(sha256);
    const held = runbooks.filter(isHere).length;
    $vault.set({ listed: true, held, all: runbooks.length, doing: 'fetching', damaged: 0 });
    for (const older of await olderVersions(entries, manifests[1], files, identities)) library.lend(older);
    const wanted = entries
      .filter((entry) => !isHere(entry))
      .toSorted((a, b) => FIRST.indexOf(a.kind) - FIRST.indexOf(b.kind));
    const { missing, damaged } = await syncFiles({
      platform,
      files,
      origins,
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
    rememberComplete(local, hash);
    // Only now may files of the previous list go: a half-fetched list never costs a document.
    for (const old of await files.list()) if (old !== hash && !byHash.has(old)) await files.remove(old);
    return true;
  }

  async function take(entry: ManifestEntry, bytes: Uint8Array, identities: readonly string[]): Promise<void> {
    const document = await openDocument(bytes, entry, identities);
    if (closed) return;
    if (document.type !== 'ok') return report(document.reason);
    library.add(document.value);
    const state = $vault.get();
    if (entry.kind === 'runbook') $vault.set({ ...state, held: state.held + 1 });
    if (platform.now() < sliceEnd) return;
    await new Promise<void>((resolve) => platform.after(0, resolve));
    sliceEnd = platform.now() + SLICE_MS;
  }

  async function firstManifest(manifests: readonly string[], identities: readonly string[]) {
    for (const hash of manifests) {
      const kept = await files.get(hash);
      const bytes = kept !== null && hashOf(kept) === hash ? kept : await fetchFile(platform, origins, hash);
      if (bytes === null) continue;
      if (bytes !== kept) await files.put(hash, bytes);
      const manifest = await openManifest(bytes, hash, identities);
      if (manifest.type === 'ok') return { entries: manifest.value, hash };
      report(manifest.reason);
    }
    return null;
  }

  async function count(): Promise<void> {
    await attempt('vault-count', $messages.get().problems.files, async () => {
      const kept = await files.list();
      if (!running && names.some((hash) => !kept.has(hash))) done = '';
    });
    if (closed) return;
    cancelCount = platform.after(COUNT_EVERY_MS, () => void count());
    void run();
  }

  const stop = $version.subscribe(() => void run());
  void count();
  return () => {
    closed = true;
    cancelRetry();
    cancelCount();
    stop();
    library.close();
    $vault.set(NO_VAULT);
  };
}
