import { describe, expect, test, vi } from 'vitest';
import { answer, routeOf } from '../../src/sw/answer.ts';
import { installShell, type Shell } from '../../src/sw/shell.ts';
import { createCaches, createNetwork, hashOf } from './fake-caches.ts';

const ORIGIN = 'https://status.example';
const request = (path: string, mode: RequestMode = 'navigate', method = 'GET') => ({
  url: new URL(path, ORIGIN).href,
  mode,
  method,
});

describe('the worker', () => {
  test('leaves data, other origins and the plain page alone', () => {
    const left = [
      '/api/lifeboat/v1/snapshot.json',
      '/log/public.jsonl',
      '/vault/ab.age',
      '/?fresh',
      '/history.atom',
      '/history.rss',
      '/calendar.ics',
      '/feed.json',
      '/badge.svg',
      '/sw.js',
      '/sw-off.js',
      'https://relay.example/',
    ];
    for (const path of left) expect(routeOf(request(path), ORIGIN), path).toBeNull();
    expect(routeOf(request('/', 'navigate', 'POST'), ORIGIN)).toBeNull();
  });

  test('opens pages with data from their shells, so that an incident it never saw opens at once', () => {
    expect(routeOf(request('/'), ORIGIN)).toMatchObject({ path: '/shell/status/' });
    expect(routeOf(request('/incidents/abc123abc123/'), ORIGIN)).toMatchObject({ path: '/shell/incident/' });
    expect(routeOf(request('/incidents/never-a-code/'), ORIGIN)).toMatchObject({ path: '/incidents/never-a-code/' });
    expect(routeOf(request('/history/2/'), ORIGIN)).toMatchObject({ path: '/shell/history/' });
    expect(routeOf(request('/embed/?theme=dark'), ORIGIN)).toMatchObject({ path: '/shell/embed/' });
    expect(routeOf(request('/history/2026-11/'), ORIGIN)).toMatchObject({ path: '/shell/history/' });
    expect(routeOf(request('/bridge/'), ORIGIN)).toEqual({ path: '/bridge/', page: true });
  });

  test('opens static pages from the shell, with their slash or without', () => {
    for (const page of ['/verify', '/subscribe', '/offline']) {
      expect(routeOf(request(page), ORIGIN)).toEqual({ path: `${page}/`, page: true });
      expect(routeOf(request(`${page}/`), ORIGIN)).toEqual({ path: `${page}/`, page: true });
    }
    expect(routeOf(request('/robots.txt'), ORIGIN)).toMatchObject({ path: '/robots.txt' });
  });

  test('finds an asset whatever its query says, because the loader of the pages retries with one', () => {
    expect(routeOf(request('/_astro/a.js?astro-retry=1', 'cors'), ORIGIN)).toMatchObject({ path: '/_astro/a.js' });
  });
});

describe('an answer', () => {
  const offline = async (): Promise<{ shell: Shell; caches: CacheStorage }> => {
    const caches = createCaches();
    const files = { '/offline/': 'not on your device', '/shell/status/': 'the shell' };
    const hashes = {
      '/offline/': await hashOf(files['/offline/']),
      '/shell/status/': await hashOf(files['/shell/status/']),
    };
    const shell = { version: '1', files: hashes };
    await installShell(shell, caches, createNetwork(files).fetch);
    return { shell, caches };
  };
  /** Caches that take two seconds for each answer. */
  const slowed = (caches: CacheStorage) =>
    ({
      match: async (...asked: Parameters<CacheStorage['match']>) => {
        await new Promise((done) => setTimeout(done, 2_000));
        return caches.match(...asked);
      },
      keys: () => caches.keys(),
    }) as unknown as CacheStorage;
  const asked = new Request(`${ORIGIN}/somewhere/`);

  test('is the shell without a word to the network', async () => {
    const { shell, caches } = await offline();
    const network = createNetwork({});
    const response = await answer({ path: '/shell/status/', page: true }, asked, shell, {
      caches,
      fetch: network.fetch,
    });
    expect([await response.text(), network.asked]).toEqual(['the shell', []]);
  });

  test('is the offline page when the network never answers, after three seconds', async () => {
    vi.useFakeTimers();
    const { shell, caches } = await offline();
    const frozen = () => new Promise<Response>(() => {});
    const answering = answer({ path: '/somewhere/', page: true }, asked, shell, {
      caches,
      fetch: frozen,
    });
    await vi.advanceTimersByTimeAsync(3_100);
    expect(await (await answering).text()).toBe('not on your device');
    vi.useRealTimers();
  });

  test('is the held page when the network fails, however slow the cache is', async () => {
    vi.useFakeTimers();
    const { shell, caches } = await offline();
    const outside = { caches: slowed(caches), fetch: () => Promise.reject(new TypeError('Failed to fetch')) };
    const answering = answer({ path: '/shell/status/', page: true }, asked, shell, outside);
    await vi.advanceTimersByTimeAsync(2_100);
    expect(await (await answering).text()).toBe('the shell');
    vi.useRealTimers();
  });

  test.each([
    ['an unwell host', 503, '/shell/status/', 'the shell'],
    ['an unwell host', 503, '/somewhere/', 'not on your device'],
    ['a host that has no such page', 404, '/nowhere/', 'none'],
  ])('of %s, which says %i of %s, is: %s', async (_, status, path, expected) => {
    const { shell, caches } = await offline();
    vi.useFakeTimers();
    const outside = { caches: slowed(caches), fetch: async () => new Response('none', { status }) };
    const answering = answer({ path, page: true }, asked, shell, outside);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(await (await answering).text()).toBe(expected);
    vi.useRealTimers();
  });

  test('settles even when the caches never do', async () => {
    vi.useFakeTimers();
    const never = new Promise<never>(() => {});
    const caches = { match: () => never, keys: () => never } as unknown as CacheStorage;
    const outside = { caches, fetch: () => never };
    const answering = answer({ path: '/a', page: false }, asked, { version: '1', files: {} }, outside);
    await vi.advanceTimersByTimeAsync(5_100);
    expect((await answering).type).toBe('error');
    vi.useRealTimers();
  });
});
