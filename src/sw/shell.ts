import { within } from './within.ts';

/** The list that `publish` puts in front of the worker: SHA-256 (base64) of each file by its path. */
export interface Shell {
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
}

const PREFIX = 'shell-';
/** Where a shell's cache keeps its own list; no page has such a path. */
const LIST = '/.shell.json';
const DEADLINE_MS = 20_000;
/** Pages wait for their answers until a new worker has cleared up. */
const CLEAR_MS = 3_000;

function cacheName(version: string): string {
  return PREFIX + version;
}

/**
 * Fills this shell's cache: a file that another shell holds with the same hash is copied, the rest is fetched and refused when
 * it does not fit its hash. One bad file fails the whole, and nothing half is left behind.
 */
export async function installShell(shell: Shell, caches: CacheStorage, fetcher: typeof fetch): Promise<void> {
  const name = cacheName(shell.version);
  const others = await otherShells(caches, name);
  const cache = await caches.open(name);
  // A version that comes back is whole already, and open pages may live from it.
  if ((await cache.match(LIST)) !== undefined) return;
  try {
    await Promise.all(
      Object.entries(shell.files).map(async ([path, hash]) => {
        const held = await copyOf(path, hash, others);
        await cache.put(path, held ?? (await fetchChecked(path, hash, fetcher)));
      }),
    );
    await cache.put(LIST, new Response(JSON.stringify(shell.files)));
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
}

/**
 * Keeps this shell and the one before it, so that the lazy parts of a page that is still open can be found. What a killed
 * install left half goes; what was begun after this shell is a newer worker's and stays. Rejects when the caches give no word
 * within three seconds: the worker after this one tries again.
 */
export function dropOldShells(shell: Shell, caches: CacheStorage): Promise<void> {
  return within(CLEAR_MS, dropOlder(shell, caches));
}

async function dropOlder(shell: Shell, caches: CacheStorage): Promise<void> {
  const names = await shellNames(caches);
  const older = names.slice(0, names.indexOf(cacheName(shell.version))).reverse();
  let previous: string | null = null;
  for (const name of older) {
    if (previous === null && (await isWhole(caches, name))) previous = name;
    else await caches.delete(name);
  }
}

async function isWhole(caches: CacheStorage, name: string): Promise<boolean> {
  return (await caches.match(LIST, { cacheName: name })) !== undefined;
}

/** A file from this shell, else from any other: after an update the newest must win, whatever was made first. */
export async function fromShells(shell: Shell, caches: CacheStorage, path: string): Promise<Response | undefined> {
  const current = cacheName(shell.version);
  // `match` by name makes no cache where there is none: a shell that the kill switch removed must not come back.
  const own = await caches.match(path, { cacheName: current });
  if (own !== undefined) return own;
  for (const name of await otherNames(caches, current)) {
    const found = await caches.match(path, { cacheName: name });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The other shells, the newest first. */
async function otherNames(caches: CacheStorage, except: string): Promise<readonly string[]> {
  return (await shellNames(caches)).filter((name) => name !== except).reverse();
}

/** In the order in which they were begun. */
async function shellNames(caches: CacheStorage): Promise<readonly string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

interface HeldShell {
  readonly cache: Cache;
  readonly files: Shell['files'];
}

async function otherShells(caches: CacheStorage, except: string): Promise<readonly HeldShell[]> {
  const names = await otherNames(caches, except);
  return Promise.all(
    names.map(async (name) => {
      const cache = await caches.open(name);
      const list = await cache.match(LIST);
      return { cache, files: list === undefined ? {} : ((await list.json()) as Shell['files']) };
    }),
  );
}

async function copyOf(path: string, hash: string, shells: readonly HeldShell[]): Promise<Response | undefined> {
  const holder = shells.find(({ files }) => files[path] === hash);
  return holder?.cache.match(path);
}

async function fetchChecked(path: string, hash: string, fetcher: typeof fetch): Promise<Response> {
  const response = await fetcher(path, {
    integrity: `sha256-${hash}`,
    cache: 'no-cache',
    credentials: 'omit',
    redirect: 'error',
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (response.status !== 200) throw new TypeError(`${path} answered ${response.status}.`);
  return response;
}
