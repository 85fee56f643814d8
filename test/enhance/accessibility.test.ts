import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUSY, sayMuch } from './busy.ts';
import { fileBrowser } from './file-browser.ts';
import { CODES, sayPast } from './past.ts';
import { type Published, publishSite } from './reader.ts';

declare const window: { axe: typeof axe };
/** Every public page; what joins the site joins here. */
const PAGES = [
  '',
  '?fresh',
  'history/',
  `incidents/${BUSY.open}/`,
  `incidents/${BUSY.running}/`,
  'incidents/never000seen/',
  'history/2025-11/',
  'history/2001-01/',
  ...[CODES.autumn, CODES.summer, CODES.mistake, CODES.work].map((code) => `incidents/${code}/`),
  'subscribe/',
  'verify/',
  'embed/',
  'offline/',
  'nothing/',
  'shell/status/',
  'shell/incident/',
  'shell/history/',
];
/** 1280 CSS pixels at 400 %. */
const ZOOMED = { width: 320, height: 256 };
/** Links inside sentences are exempt (WCAG 2.5.8); what stands alone is not. */
const TARGETS = 'button, summary, nav a, header a, footer a, h3 a, .offer a, .button, .more, [role=slider], select';
const browser = fileBrowser();
let site: Published;

beforeAll(async () => {
  site = await publishSite();
  await site.pulse({ ledger: 'degraded_performance' });
  await sayMuch(site);
  await sayPast(site);
  await site.publisher.publishNow();
});
afterAll(async () => {
  await site?.close();
});

async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  return browser.newPage({ viewport: { width: 390, height: 844 }, ...options });
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => window.axe.run());
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

test.each(['light', 'dark'] as const)(
  'axe finds nothing on any public page (%s), fresh or run out',
  async (colorScheme) => {
    const page = await openPage({ colorScheme });
    await page.clock.install();
    for (const path of PAGES) {
      await page.goto(site.url + path);
      await page.locator('h1, .answer').first().waitFor();
      expect([path, await violations(page)]).toEqual([path, []]);
    }
    await page.goto(site.url);
    await page.locator('[data-verified=true]').waitFor();
    await page.locator('[role=slider]').first().waitFor();
    const folded = page.locator('details:not([open]) > summary:visible');
    while ((await folded.count()) > 0) await folded.first().click();
    expect(await violations(page)).toEqual([]);
    await page.route('**/api/**', (route) => route.abort());
    await page.clock.fastForward('10:00');
    await page.locator('[data-freshness=expired]').waitFor();
    expect(await violations(page)).toEqual([]);
  },
  300_000,
);

test('at 400 % nothing scrolls sideways, and everything that is pressed is 44 pixels high', async () => {
  const page = await openPage({ viewport: ZOOMED });
  for (const path of PAGES) {
    await page.goto(site.url + path);
    await page.locator('h1, .answer').first().waitFor();
    expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, ZOOMED.width]);
    const small = await page.locator(TARGETS).evaluateAll((all) =>
      all.flatMap((one) => {
        const { width, height } = one.getBoundingClientRect();
        return width === 0 || Math.round(height) >= 44 ? [] : [`${one.outerHTML.slice(0, 80)} ${height}`];
      }),
    );
    expect([path, small]).toEqual([path, []]);
  }
});

test('headings go down one step at a time, and every page has one main part and a way past its header', async () => {
  const page = await openPage();
  for (const path of PAGES.filter((one) => one !== 'embed/')) {
    await page.goto(site.url + path);
    await page.locator('h1').first().waitFor();
    const levels = await page
      .locator('h1, h2, h3, h4')
      .evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    expect([path, levels[0], levels.filter((one, at) => one > (levels[at - 1] ?? 0) + 1)]).toEqual([path, 1, []]);
    expect([path, await page.locator('main').count()]).toEqual([path, 1]);
    await page.keyboard.press('Tab');
    expect([path, await page.evaluate(() => document.activeElement?.getAttribute('href'))]).toEqual([path, '#main']);
  }
});

test('no colour has to be seen: with forced colours every state keeps its shape and its word', async () => {
  const page = await openPage({ forcedColors: 'active' });
  await page.goto(site.url);
  await page.locator('[role=slider]').first().waitFor();
  const rows = await page.locator('li[data-component]').evaluateAll((all) =>
    all.map((row) => ({
      status: row.getAttribute('data-status'),
      shape: row.querySelector('.icon path')?.getAttribute('d'),
      word: row.querySelector('.word')?.textContent,
    })),
  );
  const told = new Map(rows.map(({ status, shape, word }) => [status, `${shape} ${word}`]));
  expect(told.size).toBeGreaterThan(1);
  expect(new Set(told.values()).size).toBe(told.size);
  const bars = await page
    .locator('.legend path')
    .evaluateAll((all) => all.map((bar) => [getComputedStyle(bar).strokeWidth, getComputedStyle(bar).stroke]));
  expect(new Set(bars.map(([width]) => width)).size).toBe(5);
  expect(new Set(bars.map(([, colour]) => colour)).size).toBe(1);
});
