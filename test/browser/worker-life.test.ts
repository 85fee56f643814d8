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

async function newPage(locale = 'en-GB'): Promise<Page> {
  return (await browser.newContext({ locale })).newPage();
}

async function read(page?: Page): Promise<Page> {
  const reader = page ?? (await newPage());
  await reader.goto(host.origin);
  await settled(reader);
  return reader;
}

/** The browser promises no order between a worker's words and its states: here each word comes a second after them. */
async function hearWordsLate(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const add = ServiceWorkerContainer.prototype.addEventListener;
    ServiceWorkerContainer.prototype.addEventListener = function (
      this: ServiceWorkerContainer,
      type: string,
      listener: EventListenerOrEventListenerObject,
    ) {
      const late = (event: Event) => setTimeout(listener as EventListener, 1_000, event);
      add.call(this, type, type === 'message' ? late : listener);
    };
  });
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

/** As after a change of tabs: the page itself looks for a newer worker. */
function seeAgain(page: Page): Promise<boolean> {
  return page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
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
    // The worker itself is asked for once more, after the install: what came meanwhile may be the kill switch.
    const asked = new Set(host.asked.filter((path) => !path.startsWith('/api/')));
    expect([...asked]).toEqual(['/sw.js', '/icon.svg']);
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

  test.each([
    ['as they come', async () => {}],
    ['after its end', hearWordsLate],
  ])('for which there is no room leaves the old shell alone, and the page says why (words %s)', async (_, prepare) => {
    const page = await newPage();
    await prepare(page);
    await read(page);
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
    await session.detach();
    host.silent = null;
    await page.reload();
    await lookForUpdate(page);
    // Half a shell is two shells as well: the second is whole once its own list is there, and its worker serves.
    await eventually(() =>
      page.evaluate(async () => (await caches.match('/.shell.json', { cacheName: 'shell-second' }))?.ok),
    ).toBe(true);
    await eventually(() => isWaiting(page)).toBe(false);
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

describe('a first version', () => {
  test('that fails leaves nothing behind, and the page says that it is not kept until one succeeds', async () => {
    await release('bad', { '/icon.svg': await hashOf(OTHER_ICON) });
    const page = await newPage();
    await page.goto(host.origin);
    await page.locator('[data-update-failed=unkept]').waitFor();
    expect(await shells(page)).toEqual([]);
    await release('good');
    await seeAgain(page);
    await eventually(() => page.locator('[data-update-failed]').count()).toBe(0);
    await settled(page);
    await host.become('refused');
    await page.reload();
    expect(await headline(page)).toMatchObject({ status: 'operational' });
  });

  test('that cannot be had at all is said too', async () => {
    await host.become('worker missing');
    const page = await newPage();
    await page.goto(host.origin);
    await page.locator('[data-update-failed=unkept]').waitFor();
  });

  test.each([
    ['en-GB', 'could not be kept on this device (no room left)'],
    ['pt-BR', 'Não foi possível guardar esta página neste dispositivo (não há mais espaço)'],
    ['es-ES', 'No se pudo guardar esta página en este dispositivo (no queda espacio)'],
  ])('for which the device has no room is said in the reader’s words (%s)', async (locale, words) => {
    const page = await newPage(locale);
    await limitStorage(await devtools(page), host.origin, 300_000);
    await page.goto(host.origin);
    const said = page.locator('[data-update-failed=unkept-full]', { hasText: words });
    await said.waitFor();
    expect(await shells(page)).toEqual([]);
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
  async function throwSwitch(): Promise<void> {
    await writeWhole(site.out, 'sw.js', await readFile(join(site.out, 'sw-off.js'), 'utf8'));
  }

  /** Asks the browser for the newer worker; does not wait for it, for the switch may reload the page meanwhile. */
  function ask(page: Page): Promise<void> {
    return page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      void registration?.update().catch((error: unknown) => console.warn(error));
    });
  }

  async function hasWorker(page: Page): Promise<boolean> {
    return page.evaluate(async () => (await navigator.serviceWorker.getRegistration()) !== undefined).catch(() => true);
  }

  async function nothingIsKept(page: Page): Promise<void> {
    await eventually(() => shells(page).catch(() => ['reloading'])).toEqual([]);
    await eventually(() => hasWorker(page)).toBe(false);
    // Whatever an older worker still wrote would be here by now.
    expect(await shells(page)).toEqual([]);
  }

  test('removes shells and worker, the page goes on online, and a later release comes back', async () => {
    const page = await read();
    const good = await readFile(join(site.out, 'sw.js'), 'utf8');
    await throwSwitch();
    await ask(page);
    await nothingIsKept(page);
    await eventually(() => page.evaluate(() => navigator.serviceWorker.controller).catch(() => 'reloading')).toBeNull();
    host.asked.length = 0;
    await page.goto(host.origin);
    await page.locator('[data-source=origin][data-verified=true]').waitFor({ timeout: 15_000 });
    // The page before may still ask for data: what matters is that no worker answered for the host.
    expect(host.asked).toContain('/');
    await writeWhole(site.out, 'sw.js', good);
    await page.reload();
    await settled(page);
    await host.become('refused');
    await page.reload();
    expect(await headline(page)).toMatchObject({ status: 'operational' });
  });

  test.each([
    ['first', () => newPage(), (page: Page) => page.goto(host.origin)],
    ['newer', () => read(), (page: Page) => ask(page)],
  ])('wins also when it is thrown while a %s version is still being installed', async (_, open, install) => {
    const page = await open();
    const frame = '<!doctype html><title>Frame</title>';
    await writeWhole(site.out, 'shell/embed/index.html', frame);
    await release('slow', { '/shell/embed/': await hashOf(frame) });
    const answerHeld = host.hold(/^\/shell\/embed\/$/);
    host.asked.length = 0;
    await install(page);
    await eventually(() => host.asked).toContain('/shell/embed/');
    await throwSwitch();
    await seeAgain(page);
    expect(await shells(page)).toContain('shell-slow');
    answerHeld();
    await nothingIsKept(page);
    await page.locator('[data-source=origin][data-verified=true]').waitFor({ timeout: 15_000 });
  });
});

async function hashOf(data: string | Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Buffer.from(data));
  return Buffer.from(digest).toString('base64');
}
