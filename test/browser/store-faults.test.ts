import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import {
  crash,
  devtools,
  type Faults,
  fillStorage,
  freeze,
  installFaults,
  limitStorage,
  makeRoom,
  placesOf,
  setFaults,
} from './faults.ts';
import { type RunningLifeboat, startLifeboat } from './lifeboat.ts';
import { enrol, openScreen, say, textOf, unlock, waitForReceipts } from './members.ts';

const QUOTA = 12_000_000;
const HOUR = 3_600_000;
const NO_INCIDENT = 'No open incident is known';

/** One device and its bad days; each test leaves it whole for the next one. */
describe('storage and clock of a device fail', () => {
  let lifeboat: RunningLifeboat;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let other: Page;
  let database: string;

  beforeAll(async () => {
    lifeboat = await startLifeboat();
    database = `lifeboat-${lifeboat.org.slice(0, 32)}`;
    browser = await launchChromium();
    context = await browser.newContext({ locale: 'en-GB' });
    await installFaults(context);
    page = await context.newPage();
    await limitStorage(await devtools(page), lifeboat.site, QUOTA);
    await enrol(page, lifeboat.bridge, 'Ana, laptop');
  });

  afterAll(async () => {
    await browser?.close();
    await lifeboat?.signalAll('SIGCONT');
    await lifeboat?.destroy();
  });

  async function openTab(): Promise<Page> {
    const tab = await context.newPage();
    await tab.goto(`${lifeboat.site}bridge/`);
    await unlock(tab);
    await openScreen(tab, 'room');
    return tab;
  }

  async function reload(faults: Faults): Promise<void> {
    await setFaults(page, faults);
    await page.reload();
    await unlock(page);
    await openScreen(page, 'room');
  }

  const entry = (tab: Page, text: string) => tab.locator('[data-event]', { hasText: text });
  const problem = (code: string) => page.waitForSelector(`[data-problem=${code}]`, { timeout: 30_000 });

  test('signatures are checked in threads of their own, from the one address that the page allows', async () => {
    await expect
      .poll(() => page.workers().map((one) => new URL(one.url()).pathname))
      .toContainEqual(expect.stringMatching(/^\/_astro\/verify-worker-.+\.js$/));
  });

  test('two tabs write at once: no place twice, the same view, and every relay has each event', async () => {
    await openScreen(page, 'room');
    other = await openTab();
    const texts = [1, 2, 3].flatMap((n) => [`left ${n}`, `right ${n}`]);
    const sayAll = async (tab: Page, side: string) => {
      for (const text of texts.filter((one) => one.startsWith(side))) await say(tab, text);
    };
    await Promise.all([sayAll(page, 'left'), sayAll(other, 'right')]);
    for (const tab of [page, other]) {
      for (const text of texts) {
        await entry(tab, text).waitFor();
        await waitForReceipts(tab, text, '2/2');
        expect(await entry(tab, text).count()).toBe(1);
      }
    }
    const places = await placesOf(page, database);
    expect(places).toEqual(places.map((_, n) => n + 1));
    expect(places.length).toBeGreaterThanOrEqual(texts.length);
  });

  test('a frozen tab that uploads for all blocks nobody', async () => {
    // The first page has had the turn since it was opened.
    const thaw = await freeze(page);
    const from = Date.now();
    await say(other, 'while the first one is frozen');
    await waitForReceipts(other, 'while the first one is frozen', '2/2');
    // It was left to the frozen one for two seconds; nobody else could have sent it earlier.
    expect(Date.now() - from).toBeGreaterThan(1_900);
    await thaw();
    await entry(page, 'while the first one is frozen').waitFor();
  });

  test('a tab killed in the middle of writing: what was shown as kept is there, once, and goes out', async () => {
    const doomed = other;
    const shown = new Set<string>();
    await doomed.exposeFunction('tell', (texts: readonly string[]) => {
      for (const text of texts) shown.add(text);
    });
    await doomed.evaluate(() => {
      const read = () => {
        const entries = [...document.querySelectorAll('[data-event] .entry-text')].map((one) => one.textContent ?? '');
        (globalThis as unknown as { tell(texts: readonly string[]): void }).tell(
          entries.filter((text) => /^loop \d+$/.test(text)),
        );
      };
      new MutationObserver(read).observe(document.body, { childList: true, subtree: true });
      const area = document.querySelector<HTMLTextAreaElement>('#message');
      let n = 0;
      const write = () => {
        if (area !== null && area.value === '') {
          area.value = `loop ${++n}`;
          area.dispatchEvent(new Event('input', { bubbles: true }));
          area.form?.requestSubmit();
        }
        setTimeout(write);
      };
      write();
    });
    await expect.poll(() => shown.size).toBeGreaterThan(5);
    await crash(doomed);
    await say(page, 'the first tab goes on');
    const again = await openTab();
    for (const text of shown) {
      await again.getByText(text, { exact: true }).waitFor();
      expect(await again.getByText(text, { exact: true }).count()).toBe(1);
    }
    const places = await placesOf(again, database);
    expect(places).toEqual(places.map((_, n) => n + 1));
    await waitForReceipts(again, [...shown].at(-1) ?? '', '2/2');
    await again.close();
    await doomed.close();
  });

  test('a full device says so, keeps what was typed, and says it by itself when there is room', async () => {
    await fillStorage(page);
    await page.fill('#message', 'typed on a full device');
    await page.click('.composer button[type=submit]');
    await page.waitForSelector('[data-problem=failure]:has-text("has no room left")');
    expect(await page.inputValue('#message')).toBe('typed on a full device');
    expect(await entry(page, 'typed on a full device').count()).toBe(0);
    await makeRoom(page);
    await waitForReceipts(page, 'typed on a full device', '2/2');
    expect(await page.inputValue('#message')).toBe('');
    expect(await textOf(page)).not.toContain('has no room left');
  });

  test.each(['by another tab', 'by the browser'])(
    'storage deleted under the page %s: it says so and loses nothing',
    async (by) => {
      const before = await page.locator('[data-event]').count();
      if (by === 'by another tab') {
        const other = await context.newPage();
        await other.goto(`${lifeboat.site}offline/`);
        await other.evaluate((name) => void indexedDB.deleteDatabase(name), database);
        await other.close();
      } else {
        const { origin } = new URL(lifeboat.site);
        await (await devtools(page)).send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
      }
      await problem('mended');
      expect(await textOf(page)).toMatch(/This copy was damaged while it was in use: \d+ events were missing/);
      await say(page, `after it was deleted ${by}`);
      await reload({});
      await waitForReceipts(page, `after it was deleted ${by}`, '2/2');
      expect(await page.locator('[data-event]').count()).toBe(before + 1);
      const places = await placesOf(page, database);
      expect(places).toEqual(places.map((_, n) => n + 1));
    },
  );

  test('a copy that was lost while the page was closed is never taken for a quiet day', async () => {
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
    const kept = await page.locator('[data-event]').count();
    await page.goto(`${lifeboat.site}offline/`);
    await page.evaluate(
      (name) =>
        new Promise((resolve) => {
          indexedDB.deleteDatabase(name).onsuccess = resolve;
        }),
      database,
    );
    await lifeboat.signalAll('SIGSTOP');
    try {
      await page.goto(`${lifeboat.site}bridge/`);
      await problem('short');
      expect(await textOf(page)).toMatch(/This copy is damaged: \d+ of \d+ events are left/);
      expect(await textOf(page)).not.toContain(NO_INCIDENT);
      expect(await page.locator('[data-status=operational]').count()).toBe(0);
    } finally {
      await lifeboat.signalAll('SIGCONT');
    }
    await unlock(page);
    await openScreen(page, 'room');
    await expect.poll(() => page.locator('[data-event]').count(), { timeout: 30_000 }).toBe(kept);
    await problem('mended');
  });

  test('a database that never opens again: the rescue place keeps what is written, also over a reload', async () => {
    await reload({ storage: 'main' });
    await problem('rescue');
    await page.waitForSelector('.bridge[data-copy=rescue]');
    expect(await textOf(page)).toContain('kept in a second place on this device');
    await say(page, 'kept in the second place');
    await reload({ storage: 'main' });
    await entry(page, 'kept in the second place').waitFor();
    await reload({});
    await page.waitForSelector('.bridge[data-copy=durable]');
    await waitForReceipts(page, 'kept in the second place', '2/2');
  });

  test.each(['all', 'silent'] as const)(
    'no storage at all (%s): it is said, and nothing is called saved',
    async (storage) => {
      await reload({ storage });
      await problem('memory');
      expect(await textOf(page)).toContain('only in this window and is lost when it closes');
      await lifeboat.signalAll('SIGSTOP');
      try {
        await say(page, `nowhere but here (${storage})`);
        expect(await entry(page, `nowhere but here (${storage})`).innerText()).toContain('only in this window');
      } finally {
        await lifeboat.signalAll('SIGCONT');
      }
      await waitForReceipts(page, `nowhere but here (${storage})`, '2/2');
      await reload({});
      await entry(page, `nowhere but here (${storage})`).waitFor();
    },
  );

  test.each([
    ['behind', -HOUR],
    ['ahead', HOUR],
  ])(
    'a clock that is an hour %s is named, and what is written still counts and keeps its order',
    async (name, ahead) => {
      await reload({ ahead });
      await problem('clock');
      expect(await textOf(page)).toContain(`This device’s clock is about 1 h ${name}`);
      await say(page, `an hour ${name}`);
      await say(page, `after an hour ${name}`);
      await waitForReceipts(page, `after an hour ${name}`, '2/2');
      await reload({});
      const entries = await page.locator('[data-event] .entry-text').allInnerTexts();
      expect(entries.indexOf(`after an hour ${name}`)).toBe(entries.indexOf(`an hour ${name}`) + 1);
      await openScreen(page, 'now');
      expect(await textOf(page)).not.toMatch(/-\d+ (s|min|h)\b/);
      await openScreen(page, 'room');
    },
  );
});
