import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeWhole } from '../../src/node/publish/atomic.ts';
import { eventually, headline, type Published, publishSite, settled } from '../enhance/reader.ts';
import { launchChromium } from './chromium.ts';
import { devtools, limitStorage } from './faults.ts';
import { type FaultyHost, startFaultyHost } from './faulty-host.ts';

let browser: Browser;
let site: Published;
let host: FaultyHost;
let firstWorker: string;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  host = await startFaultyHost();
  site = await publishSite();
  host.target = site.url.replace(/\/$/, '');
  firstWorker = await readFile(join(site.out, 'sw.js'), 'utf8');
});
afterEach(async () => {
  await host.close();
  await site.close();
});

async function read(path = '/'): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(host.origin + path);
  await settled(page);
  return page;
}

const OTHER_ICON = '<svg xmlns="http://www.w3.org/2000/svg"/>';

interface Shell {
  readonly version: string;
  readonly files: Record<string, string>;
}

/** Publishes a release that differs from the first one in `files`, by path to SHA-256 (base64); null: it has no such file. */
async function release(version: string, changed: Readonly<Record<string, string | null>> = {}): Promise<void> {
  const [first = '', ...code] = firstWorker.split(';\n');
  const shell = JSON.parse(first.replace('self.LIFEBOAT_SHELL=', '')) as Shell;
  const files = Object.fromEntries(Object.entries({ ...shell.files, ...changed }).filter(([, hash]) => hash !== null));
  await writeWhole(
    site.out,
    'sw.js',
    [`self.LIFEBOAT_SHELL=${JSON.stringify({ version, files })}`, ...code].join(';\n'),
  );
}

/** Looks for a newer worker, as the page itself does now and then; resolves when its install has ended. */
async function lookForUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const found = await registration?.update().catch(() => undefined);
    const worker = found instanceof ServiceWorkerRegistration ? found.installing : null;
    await new Promise<void>((resolve) => {
      if (worker === null) resolve();
      worker?.addEventListener('statechange', () => resolve());
    });
  });
}

function shells(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => caches.keys());
}

function isWaiting(page: Page): Promise<boolean> {
  return page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
}

describe('an update', () => {
  test('fetches only what changed, and the shell before stays', async () => {
    const page = await read();
    await writeWhole(site.out, 'icon.svg', OTHER_ICON);
    await release('second', { '/icon.svg': await hashOf(OTHER_ICON) });
    host.asked.length = 0;
    await lookForUpdate(page);
    await eventually(() => shells(page)).toHaveLength(2);
    expect(host.asked.filter((path) => !path.startsWith('/api/'))).toEqual(['/sw.js', '/icon.svg']);
  });

  test('that fails by one byte leaves the old shell alone, and the page says so until one succeeds', async () => {
    const page = await read();
    const [before] = await shells(page);
    await release('bad', { '/icon.svg': await hashOf(OTHER_ICON) });
    await lookForUpdate(page);
    await page.locator('[data-update-failed=files]').waitFor();
    expect(await shells(page)).toEqual([before]);
    await release('good');
    await lookForUpdate(page);
    await eventually(() => page.locator('[data-update-failed]').count()).toBe(0);
    await host.become('refused');
    await page.reload();
    expect(await headline(page)).toMatchObject({ status: 'operational' });
  });

  test('for which the device has no room leaves the old shell alone, and the page says why', async () => {
    const page = await read();
    const [before] = await shells(page);
    const session = await devtools(page);
    const large = randomBytes(4_000_000);
    await writeWhole(site.out, 'icon.svg', large);
    await release('large', { '/icon.svg': await hashOf(large) });
    await limitStorage(session, host.origin, 1_000_000);
    await lookForUpdate(page);
    await page.locator('[data-update-failed=full]').waitFor();
    expect(await shells(page)).toEqual([before]);
  });

  test.each(['worker missing', 'worker error', 'worker html'] as const)(
    'that cannot be had (%s) takes nothing away',
    async (fault) => {
      const page = await read();
      await host.become(fault);
      await lookForUpdate(page);
      await page.reload();
      await page.locator('[data-source=origin]').waitFor({ timeout: 15_000 });
      await lookForUpdate(page);
      await host.become('refused');
      await page.reload();
      expect(await headline(page)).toMatchObject({ status: 'operational' });
      expect(await page.locator('[data-update-failed]').count()).toBe(0);
    },
  );

  test('in the middle of which the browser kills the worker is made whole by the next one', async () => {
    const page = await read();
    await writeWhole(site.out, 'icon.svg', OTHER_ICON);
    await release('second', { '/icon.svg': await hashOf(OTHER_ICON) });
    host.silent = /icon\.svg/;
    const state = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration?.update();
      return registration?.installing?.state;
    });
    expect(state).toBe('installing');
    await eventually(() => shells(page)).toHaveLength(2);
    const session = await devtools(page);
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.stopAllWorkers');
    await page.locator('[data-update-failed=files]').waitFor();
    host.silent = null;
    await page.reload();
    await lookForUpdate(page);
    await eventually(() => shells(page)).toHaveLength(2);
    await host.become('refused');
    await page.reload();
    expect(await headline(page)).toMatchObject({ status: 'operational' });
  });

  test('finds lazy parts of an open tab in the shell before, although the host has them no more', async () => {
    const page = await read();
    const lazy = [...firstWorker.matchAll(/"(\/_astro\/[^"]*history[^"]*\.js)"/g)].map(([, path]) => [path, null]);
    expect(lazy.length).toBeGreaterThan(0);
    await release('second', Object.fromEntries(lazy));
    await lookForUpdate(page);
    await eventually(() => isWaiting(page)).toBe(false);
    await eventually(() => shells(page)).toHaveLength(2);
    await host.become('no chunks');
    await page.goto(`${host.origin}/history/`);
    await page.locator('[data-verified=true]').waitFor({ timeout: 15_000 });
  });
});

describe('two tabs', () => {
  test('a new version waits while somebody writes on the bridge in one of them', async () => {
    const page = await read();
    const bridge = await page.context().newPage();
    await bridge.goto(`${host.origin}/bridge/`);
    await bridge.evaluate(() => {
      const field = document.createElement('textarea');
      field.value = 'Somebody is writing.';
      document.body.append(field);
      navigator.serviceWorker.addEventListener('message', () => {
        document.title += ' asked';
      });
    });
    const askToTakeOver = () =>
      page.evaluate(async () => {
        (await navigator.serviceWorker.getRegistration())?.waiting?.postMessage({ type: 'skip-waiting' });
      });
    const asked = async () => (await bridge.title()).split(' asked').length - 1;
    await release('second');
    await lookForUpdate(page);
    // Asked again after its word: what was asked first has been decided by then.
    await eventually(asked).toBeGreaterThan(0);
    const before = await asked();
    await askToTakeOver();
    await eventually(asked).toBeGreaterThan(before);
    expect(await isWaiting(page)).toBe(true);
    await bridge.evaluate(() => document.querySelector('textarea:last-of-type')?.remove());
    await askToTakeOver();
    await eventually(() => isWaiting(page)).toBe(false);
  });
});

describe('the kill switch', () => {
  test('removes shells and worker, the page goes on online, and a later release comes back', async () => {
    const page = await read();
    const good = await readFile(join(site.out, 'sw.js'), 'utf8');
    await writeWhole(site.out, 'sw.js', await readFile(join(site.out, 'sw-off.js'), 'utf8'));
    await page
      .evaluate(async () => {
        await (await navigator.serviceWorker.getRegistration())?.update().catch(() => undefined);
      })
      .catch(() => {
        // The page was reloaded by the switch while it asked.
      });
    await eventually(() => shells(page).catch(() => ['reloading'])).toEqual([]);
    await eventually(() => page.evaluate(() => navigator.serviceWorker.controller).catch(() => 'reloading')).toBeNull();
    host.asked.length = 0;
    await page.goto(host.origin);
    await page.locator('[data-source=origin][data-verified=true]').waitFor({ timeout: 15_000 });
    expect(host.asked[0]).toBe('/');
    await writeWhole(site.out, 'sw.js', good);
    await page.reload();
    await settled(page);
    await host.become('refused');
    await page.reload();
    expect(await headline(page)).toMatchObject({ status: 'operational' });
  });
});

async function hashOf(data: string | Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Buffer.from(data));
  return Buffer.from(digest).toString('base64');
}
