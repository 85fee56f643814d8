import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isoTime } from '../../src/model/clock.ts';
import { sayMuch } from './busy.ts';
import { fileBrowser } from './file-browser.ts';
import { eventually, type Published, publishSite, settled } from './reader.ts';

const browser = fileBrowser();
let site: Published;

beforeAll(async () => {
  site = await publishSite();
  await site.pulse({ ledger: 'operational' });
  await sayMuch(site);
  const at = (hours: number) => isoTime(Date.now() + hours * 3_600_000);
  const passed = { maintenance: 'gone00000001', name: 'New cables', status: 'scheduled', impact: 'maintenance' };
  const plan = { components: ['ledger'], scheduled_for: at(-4), scheduled_until: at(-3) };
  await site.say('maintenance.update', { ...passed, ...plan, lang: 'en', text: 'At night.' });
  await site.publisher.publishNow();
});
afterAll(async () => {
  await site?.close();
});

async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage(options);
  await page.goto(site.url);
  return page;
}

describe('the strip of 90 days', () => {
  test('is one stop of the tab key, moves by arrows, Home, End and pages, and tells each day in words', async () => {
    const page = await openPage();
    const strip = page.locator('[data-strip=cards]');
    await strip.waitFor();
    await strip.focus();
    const day = () => strip.getAttribute('aria-valuenow');
    expect(await day()).toBe('89');
    const moves = [
      ['ArrowLeft', '88'],
      ['PageDown', '81'],
      ['Home', '0'],
      ['ArrowLeft', '0'],
      ['ArrowRight', '1'],
      ['PageUp', '8'],
      ['End', '89'],
    ] as const;
    for (const [key, expected] of moves) {
      await strip.press(key);
      expect([key, await day()]).toEqual([key, expected]);
    }
    for (let at = 0; at < 4; at += 1) await strip.press('ArrowLeft');
    const words = [await strip.getAttribute('aria-valuetext'), await page.locator('.uptime .day').textContent()];
    expect(words[0]).toMatch(/: Major outage, 60 min counted as down$/);
    expect(words[1]).toBe(words[0]);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.uptime'))).toBeNull();
  });

  test('tells the day that is tapped, keeps it while the page is drawn again, and is drawn without an element per day', async () => {
    const page = await openPage({ hasTouch: true, viewport: { width: 390, height: 844 } });
    await page.clock.install();
    await settled(page);
    const strip = page.locator('[data-strip=cards]');
    const box = await strip.boundingBox();
    await strip.tap({ position: { x: (box?.width ?? 0) * 0.505, y: 20 } });
    expect(await strip.getAttribute('aria-valuenow')).toBe('45');
    await page.clock.fastForward(11_000);
    expect(await strip.getAttribute('aria-valuenow')).toBe('45');
    expect(await page.locator('.uptime .day').count()).toBe(1);
    expect(await strip.locator('*').count()).toBeLessThan(8);
  });

  test('says in plain HTML the same in a sentence, and states its formula', async () => {
    const page = await openPage({ javaScriptEnabled: false });
    const row = page.locator('li[data-component=cards] .uptime');
    expect(await row.locator('[role=img]').getAttribute('aria-label')).toBe('Card payments: uptime by day');
    expect(await row.textContent()).toMatch(/\d\d\.\d\d% uptime over 1 watched day; .*: Major outage, 60 min counted/);
    expect(await page.locator('.key').textContent()).toContain('0.3 of the minutes of partial outage');
  });
});

describe('a group of parts', () => {
  test('shows its worst part; what the reader closed stays closed while the page is drawn again and after a reload', async () => {
    const page = await openPage();
    await page.clock.install();
    await settled(page);
    const group = page.locator('details[data-group=money]');
    expect(await group.locator('summary').textContent()).toContain('Partial outage');
    expect(await group.getAttribute('open')).not.toBeNull();
    await group.locator('summary').focus();
    await page.keyboard.press('Enter');
    await page.clock.fastForward(11_000);
    expect(await group.getAttribute('open')).toBeNull();
    await page.reload();
    await settled(page);
    expect(await page.locator('details[data-group=money]').getAttribute('open')).toBeNull();
  });
});

describe('the language', () => {
  test('is the reader’s, with the author’s translation, and changes at a press', async () => {
    const page = await openPage({ locale: 'pt-BR', timezoneId: 'America/Sao_Paulo' });
    await eventually(() => page.locator('.answer').textContent()).toBe('Interrupção parcial');
    expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR');
    const said = page.locator('.incidents bdi').first();
    expect([await said.textContent(), await said.getAttribute('lang')]).toEqual([
      'Pagamentos com cartão falham',
      'pt-BR',
    ]);
    expect(await page.locator('.times').textContent()).toMatch(/\d\d:\d\d:\d\d \(.*\d\d:\d\d UTC\)/);
    await page.locator('[data-language=es]').click();
    await eventually(() => page.locator('.answer').textContent()).toBe('Interrupción parcial');
    expect([await said.textContent(), await said.getAttribute('lang')]).toEqual(['Card payments fail', 'en']);
    await page.reload();
    await eventually(() => page.locator('html').getAttribute('lang')).toBe('es');
  });
});

test('a language that cannot be had leaves the page in the one it speaks', async () => {
  const page = await browser.newPage({ locale: 'pt-BR', serviceWorkers: 'block' });
  await page.route(/_astro\/es\./, (route) => route.abort());
  await page.goto(site.url);
  await eventually(() => page.locator('.answer').textContent()).toBe('Interrupção parcial');
  const refused = page.waitForEvent('requestfailed', (request) => /_astro\/es\./.test(request.url()));
  await page.locator('[data-language=es]').click();
  await refused;
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR');
});

describe('the tab', () => {
  test('wears the state’s own shape and words, from the server and from the script, and Unknown’s when it runs out', async () => {
    const icon = (page: Page) => page.locator('link[rel=icon]').getAttribute('href');
    const plain = await openPage({ javaScriptEnabled: false });
    const page = await openPage();
    await page.clock.install();
    await settled(page);
    expect(await icon(page)).toMatch(/^data:image\/svg/);
    expect(await icon(plain)).toBe(await icon(page));
    await page.route('**/api/**', (route) => route.abort());
    const before = await icon(page);
    await page.clock.fastForward('20:00');
    await page.locator('[data-freshness=expired]').waitFor();
    expect(await icon(page)).not.toBe(before);
    expect(await page.title()).toMatch(/^Unknown · /);
  });
});

describe('on paper', () => {
  test('everything is open, black on white, with the source and the signed time, and without the navigation', async () => {
    const page = await openPage({ colorScheme: 'dark', javaScriptEnabled: false });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('.copy').textContent()).toMatch(/Signed .*UTC/);
    expect(await page.locator('.copy').isVisible()).toBe(true);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).color)).toBe('rgb(0, 0, 0)');
    const folded = page.locator('details:not([open]) .text, details:not([open]) .earlier');
    expect(await folded.count()).toBeGreaterThan(0);
    for (const one of await folded.all()) expect((await one.boundingBox())?.height ?? 0).toBeGreaterThan(5);
  });
});

describe('a page that goes to paper', () => {
  test('says every time with its day and no age, and the ages again on the screen', async () => {
    const page = await openPage();
    await settled(page);
    // The page listens to printing once what the reader waits for is there.
    const times = page.locator('.times time, li[data-component] time');
    const all = async () => (await times.allTextContents()).map((text) => text.trim());
    expect((await all()).every((text) => / ago/.test(text))).toBe(true);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const printed = await all();
    expect(printed.length).toBeGreaterThan(3);
    for (const text of printed) expect(text).toMatch(/^\d{1,2} \w+ \d{4}, \d\d:\d\d:\d\d UTC$/);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect((await all()).every((text) => / ago/.test(text))).toBe(true);
  });
});

describe('a maintenance whose time is past', () => {
  test('and of which nobody said that it began stands among the plans, not among what happens now', async () => {
    const page = await openPage();
    await page.locator('[data-phase=passed]').waitFor();
    expect(await page.locator('.ahead [data-phase=passed]').textContent()).toMatch(
      /^Was due to start .*, not yet confirmed\.$/,
    );
    expect(await page.locator('.incidents [data-phase=passed]').count()).toBe(0);
  });

  test('is told as planned and not confirmed, never as done', async () => {
    const page = await openPage();
    await page.locator('[data-maintenance]').first().waitFor();
    expect(await page.locator('[data-phase=overrun]').textContent()).toMatch(
      /^Was due to end .*, not yet confirmed\.$/,
    );
  });
});

describe('a reader whom the host gives its HTML', () => {
  test('is painted the answer first, and everything in the next moment', async () => {
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.addInitScript(() => {
      const look = () => {
        const parts = document.querySelector('.components');
        if (parts === null) requestAnimationFrame(look);
        else document.documentElement.dataset['first'] = String(parts.checkVisibility());
      };
      requestAnimationFrame(look);
    });
    await page.goto(site.url);
    await page.locator('.components li').first().waitFor();
    expect(await page.locator('html').getAttribute('data-first')).toBe('false');
    expect(
      await page
        .locator('.components')
        .first()
        .evaluate((parts) => parts.checkVisibility()),
    ).toBe(true);
  });

  test('stands where she stood, or where the address points, also when nothing of ours runs', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 390, height: 640 } });
    const scrolled = () => page.evaluate(() => scrollY);
    await page.goto(site.url);
    const components = await page.locator('.components').first().boundingBox();
    expect(components?.y).toBeGreaterThan(640);
    await page.evaluate(() => scrollTo(0, 700));
    await page.reload();
    await eventually(scrolled).toBe(700);
    const id = await page.locator('main article').last().getAttribute('id');
    await page.goto('about:blank');
    await page.goto(`${site.url}#${id}`);
    await eventually(scrolled).toBeGreaterThan(100);
  });
});

describe('a reader who comes back', () => {
  async function openHeld(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await openPage(options);
    await settled(page);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    return page;
  }

  test('is drawn the answer first, and everything in the next moment', async () => {
    const first = await openHeld();
    const page = await first.context().newPage();
    await page.addInitScript(() => {
      const look = () => {
        if (document.querySelector('[data-freshness] .answer') === null) requestAnimationFrame(look);
        else document.documentElement.dataset['first'] = String(document.querySelector('.all, footer') === null);
      };
      requestAnimationFrame(look);
    });
    await page.goto(site.url);
    await page.locator('[data-strip=cards]').waitFor();
    expect(await page.locator('html').getAttribute('data-first')).toBe('true');
    expect(await page.locator('.all, footer').count()).toBe(2);
    expect(await page.locator('.times').textContent()).not.toMatch(/\d{4}-\d\d-\d\d/);
  });

  test('and loads the page again stands where she stood', async () => {
    const page = await openHeld({ viewport: { width: 390, height: 640 } });
    const end = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    for (const y of [700, end - 50]) {
      await page.evaluate((to) => scrollTo(0, to), y);
      await page.reload();
      await page.locator('[data-strip=cards]').waitFor();
      await eventually(() => page.evaluate(() => scrollY)).toBe(y);
    }
  });

  test('and went on by hand before the page could listen is not thrown back', async () => {
    const page = await browser.newPage({ serviceWorkers: 'block', viewport: { width: 390, height: 640 } });
    await page.goto(site.url);
    await page.locator('[data-strip=cards]').waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => scrollTo(0, 700));
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const asked = page.waitForRequest(/_astro\/hand/);
    await page.route('**/_astro/hand*.js', async (route) => {
      await released;
      await route.continue();
    });
    await page.reload();
    await asked;
    const scrolled = () => page.evaluate(() => scrollY);
    await eventually(scrolled).toBeGreaterThan(600);
    await page.mouse.wheel(0, -9_000);
    await eventually(scrolled).toBe(0);
    const come = page.waitForResponse(/_astro\/hand/);
    release();
    await (await come).finished();
    // What it listens to is told by no attribute: printing without ages is its doing.
    await eventually(() =>
      page.evaluate(() => {
        dispatchEvent(new Event('beforeprint'));
        return document.querySelector('.times')?.textContent ?? '';
      }),
    ).not.toContain(' ago');
    expect(await scrolled()).toBe(0);
  });
});
