import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContextOptions, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { statusShapes } from '../../src/components/ui/status-icon.tsx';
import { fileBrowser } from './file-browser.ts';
import { eventually, type Published, publishSite, settled } from './reader.ts';

const browser = fileBrowser();
let site: Published;
let other: Server;

/** Somebody else's page, on another origin, with the banner in a frame; `/full` tries to frame the front page. */
beforeAll(async () => {
  other = createServer(({ url = '/' }, response) => {
    const source = url === '/full' ? site.url : `${site.url}embed/${url.slice(1)}`;
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><title>Shop</title><iframe src="${source}" width="320" height="120"></iframe>`);
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  other.closeAllConnections();
  await new Promise((resolve) => other.close(resolve));
});
beforeEach(async () => {
  site = await publishSite();
});
afterEach(() => site.close());

async function open(path = '/', options: BrowserContextOptions = {}): Promise<{ page: Page; frame: FrameLocator }> {
  const page = await browser.newPage(options);
  await page.clock.install();
  await page.goto(`http://localhost:${(other.address() as AddressInfo).port}${path}`);
  return { page, frame: page.frameLocator('iframe') };
}

const stateOf = async (frame: FrameLocator) => frame.getByRole('status').getAttribute('data-status');

/** The site says that something of this name is open. */
async function report(name: string): Promise<void> {
  const said = {
    incident: 'long00000001',
    status: 'investigating',
    impact: 'critical',
    text: 'All of it.',
    lang: 'en',
  };
  await site.say('incident.update', { ...said, name, components: [] });
  await site.publisher.publishNow();
}

describe('the banner in a frame of another origin', () => {
  test('shows the state and an open incident, leads to the full page, and follows a change', async () => {
    const { frame, page } = await open();
    await eventually(() => stateOf(frame)).toBe('operational');
    const link = frame.getByRole('link');
    expect(await link.getAttribute('target')).toBe('_blank');
    expect(await link.getAttribute('rel')).toBe('noopener');
    await site.post('investigating', 'Cards are failing.');
    await site.publisher.publishNow();
    await page.clock.fastForward('00:20');
    await eventually(() => frame.locator('.detail').textContent()).toBe('Card payments fail · Investigating');
    // A name of any direction turns round nothing beside it.
    expect(await frame.locator('.detail bdi').textContent()).toBe('Card payments fail');
    expect(await stateOf(frame)).toBe('partial_outage');
  });

  test('turns to Unknown by itself once nothing newer can be had', async () => {
    const { page, frame } = await open();
    await eventually(() => stateOf(frame)).toBe('operational');
    await eventually(() => frame.locator('time').textContent()).toMatch(/^As of [^;]+$/);
    await site.replaceHost('refuse');
    await page.clock.fastForward('05:00');
    await eventually(() => stateOf(frame)).toBe('unknown');
    expect(await frame.locator('.detail').textContent()).toMatch(/^Last confirmed .*: All systems operational\.$/);
  });

  test.each(['snapshot', 'script', 'chunks'] as const)(
    'is green no longer when its HTML has run out and no %s can be had',
    async (missing) => {
      const page = await browser.newPage({ serviceWorkers: 'block' });
      await page.clock.install();
      const missed = { snapshot: /snapshot\.json$/, script: /_astro\/front.*js$/, chunks: /_astro\/(?!front).*js$/ };
      await page.route(missed[missing], (route) => route.fulfill({ status: 503 }));
      await page.goto(`${site.url}embed/`);
      const ground = () => page.locator('.banner').evaluate((banner) => getComputedStyle(banner).backgroundColor);
      const green = await ground();
      expect(await page.locator('.answer').textContent()).toBe('All systems operational');
      await page.clock.fastForward('02:05');
      await eventually(() => page.locator('.answer').textContent()).toBe('Unknown');
      expect(await page.locator('[data-status=operational]').count()).toBe(0);
      expect(await ground()).not.toBe(green);
      expect(await page.title()).toMatch(/^Unknown · /);
      const tick = `path[d="${statusShapes.operational}"]`;
      expect(await page.locator(tick).count()).toBe(0);
    },
  );

  test('fits into 120 pixels with the longest words, and takes the theme that is asked for', async () => {
    await report(
      'A very long name of an incident that nobody can read in one line or in two or even in three lines of a banner',
    );
    const { frame } = await open('/?theme=dark', { colorScheme: 'light' });
    await eventually(() => frame.locator('.detail').textContent()).toContain('A very long name');
    const height = await frame.locator('html').evaluate((html) => html.scrollHeight);
    expect(height).toBeLessThanOrEqual(120);
    // Its words may be the host's HTML, which knows nothing of the theme.
    await eventually(() => frame.locator('html').evaluate((html) => getComputedStyle(html).colorScheme)).toBe('dark');
  });

  test.each([240, 320, 480, 640, 760, 1280])('shows its time and its link in a frame %d pixels wide', async (width) => {
    for (const isBusy of [false, true]) {
      if (isBusy) await report('A very long name of an incident that nobody can read in one line, in two or in three');
      const page = await browser.newPage({ viewport: { width, height: 120 }, javaScriptEnabled: false });
      await page.goto(`${site.url}embed/`);
      const [frame, time, link] = await Promise.all(
        ['.banner', '.foot time', '.foot a'].map((part) => page.locator(part).boundingBox()),
      );
      if (!frame || !time || !link) throw new Error('A part of the banner is not drawn.');
      expect(frame.height).toBeLessThanOrEqual(120);
      for (const part of [time, link]) {
        expect(part.y + part.height).toBeLessThanOrEqual(frame.y + frame.height);
        expect(part.x + part.width).toBeLessThanOrEqual(frame.x + frame.width);
      }
      // One beside or under the other, and the whole time of the state in sight.
      expect(time.x + time.width <= link.x || time.y + time.height <= link.y).toBe(true);
      const seen = await page.evaluate(() => {
        const text = document.querySelector('.foot time')?.firstChild;
        const range = document.createRange();
        if (!text) return 0;
        range.setStart(text, 0);
        range.setEnd(text, (text.textContent ?? '').indexOf(';'));
        return range.getBoundingClientRect().bottom;
      });
      expect(seen).toBeGreaterThan(0);
      expect(seen).toBeLessThanOrEqual(time.y + time.height + 1);
      await page.close();
    }
  });

  test('breaks a word that is longer than the frame is wide', async () => {
    await report('Donaudampfschifffahrtsgesellschaftskapitaensmuetzenreinigungsanlagenbetriebsleiter');
    const { frame } = await open();
    const detail = frame.locator('.detail');
    await eventually(() => detail.textContent()).toContain('Donaudampfschiff');
    expect(await detail.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
    expect(await frame.locator('html').evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(320);
  });

  test('gets no scrollbars by a long name of the site', async () => {
    const name = 'Serviços digitais da Universidade Federal do Rio Grande do Sul';
    const named = browser.closeAfter(await publishSite({ name }));
    for (const width of [240, 320, 640]) {
      const page = await browser.newPage({ viewport: { width, height: 120 }, javaScriptEnabled: false });
      await page.goto(`${named.url}embed/`);
      const drawn = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.scrollHeight,
      ]);
      expect(drawn).toEqual([width, 120]);
    }
  });

  test('works where the browser gives a frame no storage', async () => {
    const page = await browser.newPage();
    await page.addInitScript(() => {
      const forbidden = () => {
        throw new DOMException('forbidden', 'SecurityError');
      };
      Object.defineProperty(window, 'localStorage', { get: forbidden });
      Object.defineProperty(window, 'sessionStorage', { get: forbidden });
      Object.defineProperty(window, 'indexedDB', { get: forbidden });
    });
    await page.goto(`http://localhost:${(other.address() as AddressInfo).port}/`);
    const frame = page.frameLocator('iframe');
    await eventually(() => frame.locator('time').textContent()).toMatch(/^As of [^;]+$/);
    expect(await stateOf(frame)).toBe('operational');
  });

  test('is shown on a page of the same domain to who has the status page on her device', async () => {
    const page = await browser.newPage();
    await page.goto(site.url);
    await settled(page);
    await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
    const frame = page.frameLocator('iframe');
    await eventually(() => frame.locator('.answer').textContent()).toBe('All systems operational');
    expect(await frame.locator('html').evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  });

  test('says without a script when it was written and until when it holds', async () => {
    const { frame } = await open('/', { javaScriptEnabled: false });
    expect(await frame.locator('time').textContent()).toMatch(/^As of .* UTC; do not rely on it after .* UTC$/);
  });

  test('is the only page that may be framed', async () => {
    const { page } = await open('/full');
    await page.waitForLoadState('networkidle');
    expect(await page.frameLocator('iframe').locator('#lifeboat').count()).toBe(0);
    const headers = (await fetch(`${site.url}embed/`)).headers;
    expect(headers.get('content-security-policy')).toContain('frame-ancestors *');
  });
});
