import { describe, expect, test, vi } from 'vitest';
import { dropOldShells, fromShells, installShell, type Shell } from '../../src/sw/shell.ts';
import { createCaches, createNetwork, hashOf } from './fake-caches.ts';

async function shellOf(version: string, files: Readonly<Record<string, string>>): Promise<Shell> {
  const hashes = Object.entries(files).map(async ([path, text]) => [path, await hashOf(text)] as const);
  return { version, files: Object.fromEntries(await Promise.all(hashes)) };
}

async function read(shell: Shell, caches: CacheStorage, path: string): Promise<string | undefined> {
  return (await fromShells(shell, caches, path))?.text();
}

describe('installing a shell', () => {
  test('keeps every file of its list', async () => {
    const caches = createCaches();
    const files = { '/a': 'one', '/b': 'two' };
    const shell = await shellOf('1', files);
    await installShell(shell, caches, createNetwork(files).fetch);
    expect([await read(shell, caches, '/a'), await read(shell, caches, '/b')]).toEqual(['one', 'two']);
  });

  test('refuses a captive portal, keeps the shell that was there and leaves nothing half', async () => {
    const caches = createCaches();
    const good = await shellOf('1', { '/a': 'one' });
    await installShell(good, caches, createNetwork({ '/a': 'one' }).fetch);
    const next = await shellOf('2', { '/a': 'better' });
    await expect(installShell(next, caches, createNetwork({ '/a': '<h1>Wi-Fi</h1>' }).fetch)).rejects.toThrow();
    expect(await caches.keys()).toEqual(['shell-1']);
    expect(await read(good, caches, '/a')).toBe('one');
  });

  test('fetches only what changed', async () => {
    const caches = createCaches();
    const first = { '/a': 'one', '/b': 'two' };
    await installShell(await shellOf('1', first), caches, createNetwork(first).fetch);
    const second = { '/a': 'one', '/b': 'new' };
    const network = createNetwork(second);
    const shell = await shellOf('2', second);
    await installShell(shell, caches, network.fetch);
    expect(network.asked).toEqual(['/b']);
    expect([await read(shell, caches, '/a'), await read(shell, caches, '/b')]).toEqual(['one', 'new']);
  });
});

test('a version that comes back is whole already, and its install that fails takes nothing away', async () => {
  const caches = createCaches();
  const shell = await shellOf('1', { '/a': 'one' });
  await installShell(shell, caches, createNetwork({ '/a': 'one' }).fetch);
  const network = createNetwork({});
  await installShell(shell, caches, network.fetch);
  expect([await read(shell, caches, '/a'), network.asked]).toEqual(['one', []]);
});

test('what a killed install left half is not taken for the shell before', async () => {
  const caches = createCaches();
  const first = await shellOf('1', { '/a': 'one' });
  await installShell(first, caches, createNetwork({ '/a': 'one' }).fetch);
  await (await caches.open('shell-2')).put('/a', new Response('half'));
  const third = await shellOf('3', { '/a': 'three' });
  await installShell(third, caches, createNetwork({ '/a': 'three' }).fetch);
  await caches.open('shell-4');
  await dropOldShells(third, caches);
  // The fourth is being filled by a newer worker at this moment.
  expect(await caches.keys()).toEqual(['shell-1', 'shell-3', 'shell-4']);
});

test('the shell before the current one stays for pages that are still open, older ones go', async () => {
  const caches = createCaches();
  const shells: Shell[] = [];
  for (const version of ['1', '2', '3']) {
    const files = { '/index': `page ${version}`, [`/lazy-${version}`]: version };
    const shell = await shellOf(version, files);
    shells.push(shell);
    await installShell(shell, caches, createNetwork(files).fetch);
    await dropOldShells(shell, caches);
  }
  const [, , current] = shells;
  if (current === undefined) throw new Error('three shells were installed');
  expect(await caches.keys()).toEqual(['shell-2', 'shell-3']);
  expect(await read(current, caches, '/index')).toBe('page 3');
  expect(await read(current, caches, '/lazy-2')).toBe('2');
  expect(await read(current, caches, '/lazy-1')).toBeUndefined();
});

test('caches that give no word hold up a new worker, and the pages that wait for it, for three seconds', async () => {
  vi.useFakeTimers();
  try {
    const caches = { ...createCaches(), keys: () => new Promise<string[]>(() => {}) };
    const dropped = dropOldShells(await shellOf('1', {}), caches);
    const failed = expect(dropped).rejects.toThrow('Too late');
    await vi.advanceTimersByTimeAsync(3_000);
    await failed;
  } finally {
    vi.useRealTimers();
  }
});
