import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { type Published, publishSite } from './reader.ts';

declare const window: { axe: typeof axe };
const PAGES = ['', 'history/', 'incidents/abc123abc123/', 'incidents/never000seen/', 'offline/', 'nothing/'];
let browser: Browser;
let site: Published;

beforeAll(async () => {
  browser = await launchChromium();
  site = await publishSite();
  await site.pulse({ ledger: 'degraded_performance' });
  await site.post('investigating', 'Cards are failing.');
  await site.post('identified', 'A link is down.');
  await site.publisher.publishNow();
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

test.each(['light', 'dark'] as const)(
  'axe finds nothing on any public page (%s), fresh or run out',
  async (colorScheme) => {
    const page = await (await browser.newContext({ colorScheme, viewport: { width: 390, height: 844 } })).newPage();
    await page.clock.install();
    for (const path of PAGES) {
      await page.goto(site.url + path);
      await page.locator('h1').waitFor();
      expect([path, await violations()]).toEqual([path, []]);
    }
    await page.goto(site.url);
    await page.locator('[data-verified=true]').waitFor();
    await page.route('**/api/**', (route) => route.abort());
    await page.clock.fastForward('10:00');
    await page.locator('[data-freshness=expired]').waitFor();
    expect(await violations()).toEqual([]);

    async function violations(): Promise<readonly string[]> {
      await page.evaluate(axe.source);
      const found = await page.evaluate(() => window.axe.run());
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    }
  },
);
