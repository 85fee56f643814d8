import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isoTime } from '../../src/model/clock.ts';
import { fileBrowser } from './file-browser.ts';
import { eventually, headline, type Published, publishSite, settled } from './reader.ts';

const OLD = 'summer000001';
const DAY_MS = 86_400_000;
const browser = fileBrowser();
let site: Published;

beforeAll(async () => {
  site = await publishSite();
  const said = { incident: OLD, name: 'Cards were down', impact: 'major', lang: 'en', text: 'A link was down.' };
  const down = [{ id: 'cards', status: 'major_outage' }];
  const at = (days: number) => isoTime(Date.now() - days * DAY_MS);
  await site.say('incident.update', { ...said, status: 'investigating', components: down, display_at: at(70) });
  await site.say('incident.update', { ...said, status: 'resolved', components: [], display_at: at(69) });
  await site.publisher.publishNow();
});
afterAll(async () => {
  await site.close();
});

const newPage = async () => browser.newPage({ serviceWorkers: 'block' });
const month = () => isoTime(Date.now() - 70 * DAY_MS).slice(0, 7);

describe('the page of what is long over', () => {
  test.each(['incident', 'month'] as const)(
    'keeps the server’s words of an %s whose files cannot be had',
    async (kind) => {
      const page = await newPage();
      await page.route('**/api/lifeboat/v1/{parts,history,incidents}**', (route) => route.fulfill({ status: 503 }));
      await page.route('**/api/lifeboat/v1/{parts,history,incidents}/**', (route) => route.fulfill({ status: 503 }));
      const heard = page.waitForResponse((response) => response.url().includes('/parts') && response.status() === 503);
      await page.goto(`${site.url}${kind === 'incident' ? `incidents/${OLD}/` : `history/${month()}/`}`);
      const before = await page.locator('h1').textContent();
      await heard;
      // What the answer leads to has been drawn when the page asks for the next snapshot.
      await page.waitForResponse((response) => response.url().endsWith('snapshot.json'), { timeout: 20_000 });
      expect(await page.locator('h1').textContent()).toBe(before);
      expect(await page.locator('main').textContent()).toContain('Cards were down');
    },
  );

  test('is never called unknown to this device while its file is on the way', async () => {
    const page = await newPage();
    await page.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      const look = () => {
        const words = document.querySelector('h1')?.textContent ?? '';
        if (words !== '' && seen.at(-1) !== words) seen.push(words);
      };
      document.addEventListener('DOMContentLoaded', () => {
        look();
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
      });
    });
    await page.goto(`${site.url}incidents/${OLD}/`);
    await page.locator('[role=status]').waitFor({ timeout: 15_000 });
    await page.locator('[data-verified=true]').waitFor();
    expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual(['Cards were down']);
  });
});

describe('the server’s HTML', () => {
  test.each(['fails', 'never comes'] as const)('is Unknown when its time is up and its script %s', async (how) => {
    const page = await newPage();
    await page.clock.install();
    await page.route('**/_astro/front*.js', (route) => (how === 'fails' ? route.abort() : undefined));
    await page.goto(site.url);
    expect(await headline(page)).toMatchObject({ status: 'operational' });
    await page.clock.fastForward('02:05');
    await eventually(() => headline(page)).toEqual({ words: 'Unknown', status: 'unknown', freshness: 'expired' });
    expect(await page.locator('li[data-component]').first().getAttribute('data-status')).toBe('unknown');
    expect(await page.title()).toMatch(/^Unknown/);
    expect(await page.locator('link[rel=icon]').getAttribute('href')).toBe('/icon.svg');
  });

  test.each(['visibilitychange', 'pageshow', null] as const)(
    'is Unknown after its device slept, whose timers stood still meanwhile (%s)',
    async (event) => {
      const page = await newPage();
      await page.clock.install();
      await page.route('**/_astro/front*.js', (route) => route.abort());
      await page.goto(site.url);
      expect(await headline(page)).toMatchObject({ status: 'operational' });
      await page.clock.setSystemTime(Date.now() + 8 * 3_600_000);
      if (event === null) await page.clock.runFor(5_000);
      else await page.evaluate((name) => document.dispatchEvent(new Event(name, { bubbles: true })), event);
      expect(await headline(page)).toMatchObject({ status: 'unknown', freshness: 'expired' });
    },
  );

  test('of a page whose title tells no state keeps that title', async () => {
    const page = await newPage();
    await page.clock.install();
    await page.route('**/_astro/front*.js', (route) => route.abort());
    await page.goto(`${site.url}history/`);
    await page.clock.fastForward('02:05');
    expect(await page.title()).toMatch(/^[A-Z][a-z]+ 20\d\d · /);
  });

  test('is followed by its script once that can be had', async () => {
    const page = await newPage();
    await page.route('**/_astro/front*.js', (route) => route.abort(), { times: 1 });
    await page.goto(site.url);
    await page.locator('[data-verified=true]').waitFor({ timeout: 20_000 });
  });

  test.each([-1.5, -4_320])('does not live longer on a device whose clock is %d minutes off', async (minutes) => {
    const page = await newPage();
    await page.clock.install({ time: Date.now() + minutes * 60_000 });
    await page.route('**/api/**', (route) => route.abort());
    await page.goto(site.url);
    // From here on the page's own script answers for the HTML.
    await page.locator('#lifeboat[data-ticking]').waitFor();
    await page.clock.fastForward('02:05');
    await eventually(() => headline(page)).toMatchObject({ status: 'unknown', freshness: 'expired' });
  });
});

test.each(['fails', 'never comes'] as const)(
  'the strips’ part keeps nobody from the news where it %s, and is asked for again',
  async (how) => {
    const page = await newPage();
    const part = '**/_astro/rest*.js';
    await page.route(part, (route) => (how === 'fails' ? route.abort() : undefined));
    await page.goto(site.url);
    await page.locator('[data-verified=true]').waitFor({ timeout: 25_000 });
    // What never comes is for the browser to give up.
    if (how === 'never comes') return;
    expect(await page.locator('[data-strip=cards]').count()).toBe(0);
    await page.unroute(part);
    await page.locator('[data-strip=cards]').waitFor({ timeout: 15_000 });
  },
);

test('a part that stalls once does not keep the page from the news', async () => {
  const page = await newPage();
  await page.route('**/_astro/keep*.js', () => undefined, { times: 1 });
  await page.goto(site.url);
  await page.locator('[data-verified=true]').waitFor({ timeout: 30_000 });
});

test('a month that this device never opened is drawn once, as itself', async () => {
  const page = await browser.newPage();
  await page.goto(site.url);
  await settled(page);
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const words = document.querySelector('#lifeboat .month h1')?.textContent;
      if (words && seen.at(-1) !== words) seen.push(words);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.goto(`${site.url}history/${month()}/`);
  await page.locator('[data-entry]').first().waitFor({ timeout: 15_000 });
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen).toHaveLength(1);
  expect(seen[0]).not.toMatch(/recent/i);
});
