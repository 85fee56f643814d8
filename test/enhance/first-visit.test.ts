import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { eventually, headline, publishSite } from './reader.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test('a page whose data never arrives keeps the server’s words until their time is up, then says Unknown', async () => {
  const site = await publishSite();
  const page = await (await browser.newContext()).newPage();
  await page.clock.install();
  await page.route('**/api/**', (route) => route.abort());
  await page.goto(site.url);
  await page.clock.fastForward('01:00');
  expect(await headline(page)).toMatchObject({ words: 'All systems operational', status: 'operational' });
  expect(await page.locator('[data-source]').getAttribute('data-verified')).toBe('false');
  await page.clock.fastForward('01:05');
  await eventually(() => headline(page)).toEqual({ words: 'Unknown', status: 'unknown', freshness: 'expired' });
  expect(await page.locator('li[data-component]').first().getAttribute('data-status')).toBe('unknown');
  await site.close();
});

test('the page speaks the language of the site to readers whose own it does not speak', async () => {
  for (const [language, words] of [
    ['pt-BR', 'Todos os sistemas operacionais'],
    ['es', 'Todos los sistemas operativos'],
  ] as const) {
    const site = await publishSite({ language });
    const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
    await page.goto(site.url);
    await page.locator('[data-verified=true]').waitFor();
    expect([await page.locator('html').getAttribute('lang'), (await headline(page)).words]).toEqual([language, words]);
    await site.close();
  }
});

test('a device without storage still reads the page', async () => {
  const site = await publishSite();
  const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { value: undefined });
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.goto(site.url);
  await page.locator('[data-verified=true]').waitFor({ timeout: 15_000 });
  expect(await headline(page)).toMatchObject({ status: 'operational' });
  await site.close();
});

test('a browser that forbids all storage still gets news, and Unknown when nothing answers any more', async () => {
  const site = await publishSite();
  const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
  await page.clock.install();
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'indexedDB']) {
      const get = () => {
        throw new DOMException('denied', 'SecurityError');
      };
      Object.defineProperty(window, name, { get });
    }
  });
  await page.goto(site.url);
  await page.locator('[data-verified=true]').waitFor({ timeout: 15_000 });
  await site.replaceHost('refuse');
  await page.clock.fastForward('02:05');
  await eventually(() => headline(page)).toMatchObject({ status: 'unknown', freshness: 'expired' });
  await site.close();
});

test('a verifier that cannot be loaded at first is asked for again', async () => {
  const site = await publishSite();
  const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
  // Once as a thread, once on the page.
  for (const code of ['check-thread', 'checks'])
    await page.route(`**/_astro/${code}*.js`, (route) => route.abort(), { times: 1 });
  await page.goto(site.url);
  await page.locator('[data-verified=true]').waitFor({ timeout: 15_000 });
  await site.close();
});

test.each(['refuses', 'never answers'] as const)('a browser whose thread %s checks on the page', async (how) => {
  const site = await publishSite();
  const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
  await page.route('**/_astro/check-thread*.js', (route) => (how === 'refuses' ? route.abort() : undefined));
  await page.goto(site.url);
  await page.locator('[data-verified=true]').waitFor({ timeout: 15_000 });
  await site.close();
});

test('the status is painted before any script is asked for', async () => {
  const site = await publishSite();
  const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
  await page.goto(site.url);
  await page.locator('[data-verified=true]').waitFor({ timeout: 15_000 });
  const { painted, asked } = await page.evaluate(() => ({
    painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    asked: performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.js'))
      .map(({ startTime }) => startTime),
  }));
  expect(asked.length).toBeGreaterThan(3);
  expect(Math.min(...asked)).toBeGreaterThan(painted ?? Number.POSITIVE_INFINITY);
  await site.close();
});
