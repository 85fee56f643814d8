import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileBrowser } from './file-browser.ts';
import { type Published, publishSite } from './reader.ts';

const browser = fileBrowser();
let site: Published;

beforeAll(async () => {
  site = await publishSite();
});
afterAll(async () => {
  await site.close();
});

async function open(permissions: readonly string[] = []): Promise<Page> {
  const context = await browser.newContext({ permissions: [...permissions] });
  const page = await context.newPage();
  await page.goto(`${site.url}subscribe/`);
  await page.locator('[data-copy]').first().waitFor();
  return page;
}

describe('the subscribe page', () => {
  test('copies by keyboard alone, and says so', async () => {
    const page = await open(['clipboard-read', 'clipboard-write']);
    const button = page.locator('[data-copy=feed-updates]');
    await button.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => button.innerText()).toContain('Copied');
    expect(await page.locator('[aria-live=polite]').first().textContent()).toBe('Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${site.url}updates.rss`);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('selects the words where the browser lets no page copy', async () => {
    const page = await open();
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden'));
    });
    await page.locator('[data-copy=badge-markdown]').click();
    await page.locator('[data-copy=badge-markdown]', { hasText: 'Selected' }).waitFor();
    expect(await page.evaluate(() => String(getSelection()))).toBe(
      `[![Status of Tidewater Pay](${site.url}badge.svg)](${site.url})`,
    );
  });

  test('names only addresses of this site, and each of them answers', async () => {
    const page = await open();
    const texts = await page.locator('.copy-field code').allInnerTexts();
    const addresses = [...new Set(texts.flatMap((text) => text.match(/https?:\/\/[^\s"')\]]+/g) ?? []))];
    expect(addresses.length).toBeGreaterThan(8);
    for (const address of addresses) {
      expect(address.startsWith(site.url)).toBe(true);
      expect([address, (await fetch(address)).status]).toEqual([address, 200]);
    }
    expect(await page.locator('a[href^="webcal:"]').getAttribute('href')).toBe(
      `${site.url.replace('http:', 'webcal:')}calendar.ics`,
    );
  });

  test('has no button that does nothing where no script runs', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(`${site.url}subscribe/`);
    expect(await page.locator('[data-copy]').count()).toBe(0);
    expect(await page.locator('link[rel=alternate]').count()).toBe(5);
    expect((await fetch(new URL('/history.atom', site.url))).status).toBe(200);
  });
});
