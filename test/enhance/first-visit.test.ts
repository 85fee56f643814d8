import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { fileBrowser } from './file-browser.ts';
import { eventually, headline, type Published, publishSite } from './reader.ts';

const browser = fileBrowser();

test('a page whose data never arrives keeps the server’s words until their time is up, then says Unknown', async () => {
  const site = browser.closeAfter(await publishSite());
  const page = await browser.newPage();
  await page.clock.install();
  await page.route('**/api/**', (route) => route.abort());
  await page.goto(site.url);
  await page.clock.fastForward('01:00');
  expect(await headline(page)).toMatchObject({ words: 'All systems operational', status: 'operational' });
  expect(await page.locator('[data-source]').getAttribute('data-verified')).toBe('false');
  await page.clock.fastForward('01:05');
  await eventually(() => headline(page)).toEqual({ words: 'Unknown', status: 'unknown', freshness: 'expired' });
  expect(await page.locator('li[data-component]').first().getAttribute('data-status')).toBe('unknown');
});

test('the page speaks the language of the site to readers whose own it does not speak', async () => {
  for (const [language, words] of [
    ['pt-BR', 'Todos os sistemas operacionais'],
    ['es', 'Todos los sistemas operativos'],
  ] as const) {
    const site = browser.closeAfter(await publishSite({ language }));
    const page = await browser.newPage({ locale: 'fr-FR' });
    await page.goto(site.url);
    await page.locator('[data-verified=true]').waitFor();
    expect([await page.locator('html').getAttribute('lang'), (await headline(page)).words]).toEqual([language, words]);
  }
});

describe('a first visitor whose host serves no copy that verifies', () => {
  const answers = {
    invalid: (text: string) => text.replaceAll('operational', 'major_outage'),
    foreign: () => '<h1>Welcome to Harbour Wi-Fi</h1>',
    unreachable: null,
  } as const;
  const SAID = {
    invalid: /^The signed copy that answered did not verify, so nothing on this page is verified/,
    foreign: /^Something else answered in place of the signed copy/,
    unreachable: /^The signed copy could not be reached, so nothing on this page is verified yet/,
  } as const;

  async function visit(site: Published, trouble: keyof typeof answers, path = ''): Promise<Page> {
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.clock.install();
    const signed = await readFile(join(site.out, 'api/lifeboat/v1/snapshot.json'), 'utf8');
    const body = answers[trouble]?.(signed);
    await page.route('**/snapshot.json', (route) =>
      body === undefined ? route.abort() : route.fulfill({ body, contentType: 'application/json' }),
    );
    await page.goto(site.url + path);
    return page;
  }

  test.each(['invalid', 'foreign', 'unreachable'] as const)(
    'reads what is wrong while the HTML stands: %s',
    async (trouble) => {
      const site = browser.closeAfter(await publishSite());
      const page = await visit(site, trouble);
      const line = page.locator(`[data-trouble=${trouble}]`);
      await line.waitFor({ timeout: 15_000 });
      expect(await line.textContent()).toMatch(SAID[trouble]);
      expect(await line.isVisible()).toBe(true);
      expect(await headline(page)).toMatchObject({ status: 'operational' });
      await page.clock.fastForward('02:05');
      await eventually(() => headline(page)).toEqual({ words: 'Unknown', status: 'unknown', freshness: 'expired' });
      expect(await page.locator('[data-trouble]').count()).toBe(1);
      // What is right in the end is all that is left.
      await page.unroute('**/snapshot.json');
      await page.clock.fastForward('00:30');
      await page.locator('[data-verified=true]').waitFor({ timeout: 15_000 });
      expect(await page.locator('[data-trouble]').count()).toBe(0);
    },
  );

  test('reads it in the banner and on an incident’s page too, in their own language', async () => {
    const site = browser.closeAfter(await publishSite({ language: 'es' }));
    await site.post('investigating', 'Cards are failing.');
    await site.publisher.publishNow();
    for (const path of ['embed/', 'incidents/abc123abc123/']) {
      const page = await visit(site, 'invalid', path);
      const line = page.locator('[data-trouble=invalid]');
      await line.waitFor({ timeout: 15_000 });
      expect([path, await line.isVisible()]).toEqual([path, true]);
      expect(await line.getAttribute('lang')).toBe('en');
    }
  });

  test('reads on the shell, where there is nothing else, that what answered did not verify', async () => {
    const site = browser.closeAfter(await publishSite());
    const page = await visit(site, 'invalid', 'shell/status/');
    await eventually(() => page.getByRole('status').textContent()).toMatch(/the one that answered did not verify/);
    expect(await headline(page)).toMatchObject({ status: 'unknown' });
  });
});

test('a site that lists nothing says so, from the server and from the script, and is not green', async () => {
  const site = browser.closeAfter(await publishSite({ components: [], groups: [] }));
  const page = await browser.newPage({ serviceWorkers: 'block' });
  for (const script of ['without', 'with'] as const) {
    if (script === 'with') await page.goto(site.url);
    else await page.setContent(await (await fetch(site.url)).text());
    if (script === 'with') await page.locator('[data-verified=true]').waitFor({ timeout: 15_000 });
    await eventually(() => page.locator('[data-nothing-listed]').allTextContents()).toEqual([
      'Nothing is listed on this page yet, so it says nothing about any service.',
    ]);
    expect([await page.locator('.key').count(), await page.locator('.components').count()]).toEqual([0, 0]);
    expect(await headline(page)).toMatchObject({ status: 'unknown' });
  }
});

test('a device without storage still reads the page', async () => {
  const site = browser.closeAfter(await publishSite());
  const page = await browser.newPage({ serviceWorkers: 'block' });
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { value: undefined });
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.goto(site.url);
  await page.locator('[data-verified=true]').waitFor({ timeout: 15_000 });
  expect(await headline(page)).toMatchObject({ status: 'operational' });
});

test('a browser that forbids all storage still gets news, and Unknown when nothing answers any more', async () => {
  const site = browser.closeAfter(await publishSite());
  const page = await browser.newPage({ serviceWorkers: 'block' });
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
});

test('a verifier that cannot be loaded at first is asked for again', async () => {
  const site = browser.closeAfter(await publishSite());
  const page = await browser.newPage({ serviceWorkers: 'block' });
  // Once as a thread, once on the page.
  for (const code of ['check-thread', 'checks'])
    await page.route(`**/_astro/${code}*.js`, (route) => route.abort(), { times: 1 });
  await page.goto(site.url);
  await page.locator('[data-verified=true]').waitFor({ timeout: 15_000 });
});

test.each(['refuses', 'never answers'] as const)('a browser whose thread %s checks on the page', async (how) => {
  const site = browser.closeAfter(await publishSite());
  const page = await browser.newPage({ serviceWorkers: 'block' });
  await page.route('**/_astro/check-thread*.js', (route) => (how === 'refuses' ? route.abort() : undefined));
  await page.goto(site.url);
  await page.locator('[data-verified=true]').waitFor({ timeout: 15_000 });
});

test('the status is painted before any script is asked for', async () => {
  const site = browser.closeAfter(await publishSite());
  const page = await browser.newPage({ serviceWorkers: 'block' });
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
});
