import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { launchProfile } from '../browser/chromium.ts';
import { complaintsOf, fileBrowser } from './file-browser.ts';
import { eventually, headline, type Published, publishSite, settled } from './reader.ts';

const browser = fileBrowser();
let site: Published;

beforeEach(async () => {
  site = await publishSite();
});
afterEach(() => site.close());

async function openPage(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: readonly string[] }> {
  const page = await browser.newPage(options);
  return { page, complaints: complaintsOf(page) };
}

describe('a reader of the page', () => {
  test('sees the answer, every component with a word, three times and a verified signature; the policy complains of nothing', async () => {
    const { page, complaints } = await openPage();
    await page.goto(site.url);
    await settled(page);
    expect(await headline(page)).toEqual({
      words: 'All systems operational',
      status: 'operational',
      freshness: 'fresh',
    });
    expect(await page.locator('li[data-component] .word').allTextContents()).toEqual(
      Array(3).fill(expect.stringContaining('Operational')),
    );
    expect(await page.locator('.times dt').allInnerTexts()).toEqual(['Checked', 'Changed', 'Received']);
    expect(await page.locator('[data-source]').getAttribute('data-source')).toBe('origin');
    expect(complaints).toEqual([]);
  });

  test('sees a change without doing anything', async () => {
    const { page } = await openPage();
    await page.goto(site.url);
    await settled(page);
    await site.post('investigating', 'Cards are failing. We are looking into it.');
    await site.publisher.publishNow();
    await page.locator('article[data-incident]').waitFor();
    expect(await headline(page)).toMatchObject({ status: 'partial_outage' });
    expect(await page.title()).toBe('Partial outage · Tidewater Pay');
    expect(await page.locator('article .text').textContent()).toBe('Cards are failing. We are looking into it.');
  });

  test('without JavaScript reads the same state, the latest update in full, and until when it holds', async () => {
    await site.post('identified', 'A link is down. Traffic is moving.');
    await site.publisher.publishNow();
    const { page } = await openPage({ javaScriptEnabled: false });
    await page.goto(site.url);
    expect(await headline(page)).toMatchObject({ status: 'partial_outage', freshness: 'fresh' });
    expect(await page.locator('main').textContent()).toContain('A link is down. Traffic is moving.');
    expect(await page.locator('.copy').textContent()).toMatch(/Do not rely on it after .* UTC/);
  });

  test('watches the colour run out by itself when nothing answers any more', async () => {
    const { page } = await openPage();
    await page.clock.install();
    await page.goto(site.url);
    await settled(page);
    await site.replaceHost('refuse');
    await page.clock.fastForward('01:35');
    await eventually(async () => (await headline(page)).status).toBe('unknown');
    await page.clock.fastForward('00:30');
    await eventually(async () => (await headline(page)).freshness).toBe('expired');
    expect((await headline(page)).words).toMatch(/^Unknown ?Last confirmed .*: All systems operational\.$/);
    expect(await page.locator('li[data-component]').first().getAttribute('data-status')).toBe('unknown');
  });
});

describe('with the host gone', () => {
  for (const how of ['refuse', 'freeze', 'portal'] as const) {
    test(`a reload shows the last copy from the device (${how}), and says why`, async () => {
      await site.post('investigating', 'Cards are failing.');
      await site.publisher.publishNow();
      const { page } = await openPage();
      await page.goto(site.url);
      await settled(page);
      await site.replaceHost(how);
      await page.reload();
      await page.locator('article[data-incident]').waitFor({ timeout: 3_000 });
      expect(await headline(page)).toMatchObject({ status: 'partial_outage' });
      const trouble = how === 'portal' ? 'foreign' : 'unreachable';
      await page.locator(`[data-trouble=${trouble}]`).waitFor({ timeout: 10_000 });
      expect(await page.locator('[data-source]').getAttribute('data-source')).toBe('device');
    });
  }

  test('a browser that was closed opens the page again, and an incident that was never opened', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lifeboat-profile-'));
    await site.post('investigating', 'Cards are failing.');
    await site.post('resolved', 'Cards work again.');
    await site.publisher.publishNow();
    const first = await launchProfile(folder);
    const page = await first.newPage();
    await page.goto(site.url);
    await settled(page);
    await eventually(() => heldRecords(page)).toBe(1);
    await first.close();
    await site.replaceHost('refuse');
    const second = await launchProfile(folder);
    const reopened = await second.newPage();
    await reopened.goto(site.url);
    expect(await headline(reopened)).toMatchObject({ status: 'operational' });
    await reopened.goto(`${site.url}incidents/abc123abc123/`);
    await expect
      .poll(() => reopened.locator('article .text').allInnerTexts())
      .toEqual(['Cards work again.', 'Cards are failing.']);
    await reopened.goto(`${site.url}bridges/`);
    expect(await reopened.locator('h1').textContent()).toBe('This page is not on your device');
    await second.close();
    await rm(folder, { recursive: true, force: true });
  });
});

/** How many incidents' own files this device keeps. */
function heldRecords(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('lifeboat-public');
        opening.onsuccess = () => {
          const database = opening.result;
          const paths = database.objectStoreNames.contains('parts')
            ? database.transaction('parts').objectStore('parts').getAllKeys()
            : null;
          if (paths === null) resolve(0);
          else paths.onsuccess = () => resolve(paths.result.filter((path) => /incidents/.test(String(path))).length);
          database.close();
        };
        opening.onerror = () => resolve(0);
      }),
  );
}
