import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileBrowser } from './file-browser.ts';
import { CODES, sayPast } from './past.ts';
import { eventually, type Published, publishSite, serveText, settled } from './reader.ts';

const browser = fileBrowser();
let site: Published;

beforeAll(async () => {
  site = await publishSite();
  await sayPast(site);
  await site.publisher.publishNow();
});
afterAll(async () => {
  await site.close();
});

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage(options);
  await page.goto(site.url + path);
  return page;
}

/** Once the lists of the months are there, checked, and drawn for this reader. */
async function openMonth(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await open(path, options);
  await page.locator('[data-verified=true]').waitFor();
  await page.locator('.months').first().waitFor();
  return page;
}

function dayOf(page: Page, code: string): Promise<readonly string[]> {
  return page
    .locator(`[data-day]:has([data-entry=${code}])`)
    .evaluateAll((days) => days.map((day) => day.getAttribute('data-day') ?? ''));
}

describe('the history', () => {
  test.each([
    ['Pacific/Kiritimati', '2025-11', '2025-11-01', '2025-10'],
    ['Pacific/Pago_Pago', '2025-10', '2025-10-31', '2025-11'],
  ])(
    'shows a reader in %s what began at the edge of a month on the day of their own calendar',
    async (zone, month, day, other) => {
      const page = await openMonth(`history/${month}/`, { timezoneId: zone });
      expect(await dayOf(page, CODES.edge)).toEqual([day]);
      const beside = await openMonth(`history/${other}/`, { timezoneId: zone });
      expect(await dayOf(beside, CODES.edge)).toEqual([]);
    },
  );

  test('tells the latest words, the length, who was affected, and what was taken back and why', async () => {
    const page = await openMonth('history/2025-11/');
    const entry = (code: string) => page.locator(`[data-entry=${code}]`);
    expect(await page.locator('h1').textContent()).toBe('November 2025');
    expect(await entry(CODES.autumn).locator('.text').textContent()).toBe(
      'The release is gone, and all requests succeed.',
    );
    expect(await entry(CODES.autumn).locator('.facts').textContent()).toBe(
      'Incident · Critical impact · lasted 1 hour 5 minutes · Affected: Card payments',
    );
    expect(await entry(CODES.mistake).locator('h3 del').textContent()).toBe('Transfers are down');
    expect(await entry(CODES.mistake).locator('.retracted').textContent()).toContain('this was a rehearsal.');
    const quiet = (await page.locator('[data-days=quiet]').allInnerTexts()).join('\n');
    expect(quiet).toMatch(/^13\s?–\s?14 November No incidents reported\.$/m);
  });

  test('leads to the months before, each of which opens again with the host gone', async () => {
    const page = await openMonth('history/2025-11/');
    await settled(page);
    for (const month of ['October 2025', 'August 2025']) {
      await page
        .getByRole('link', { name: `Older: ${month}` })
        .first()
        .click();
      await expect.poll(() => page.locator('h1').textContent()).toBe(month);
      await page.locator(`[data-entry]`).first().waitFor();
      await page.locator('[data-verified=true]').waitFor();
    }
    expect(await page.locator('.edge').textContent()).toBe(
      'The record begins here. Nothing is said of the time before.',
    );
    await site.replaceHost('refuse');
    await page.reload();
    await page.locator(`[data-entry=${CODES.summer}]`).waitFor({ timeout: 10_000 });
    expect(await page.locator('[data-source]').getAttribute('data-source')).toBe('device');
    await site.replaceHost('return');
  });

  test('is plain HTML without a script, in the zone of the page', async () => {
    const page = await open('history/2025-10/', { javaScriptEnabled: false });
    expect(await dayOf(page, CODES.edge)).toEqual(['2025-10-31']);
    expect(await page.locator('main').textContent()).toContain('All entries are there again.');
    await page.getByRole('link', { name: 'Newer: November 2025' }).first().click();
    expect(await page.locator('h1').textContent()).toBe('November 2025');
  });

  test('says on a device that never had the lists that it tells only what the signed copy does', async () => {
    const page = await open('');
    await settled(page);
    await site.replaceHost('refuse');
    await page.goto(`${site.url}history/2025-08/`);
    await page.locator('main', { hasText: 'The lists of the months are not on this device yet.' }).waitFor();
    expect(await page.locator(`[data-entry=${CODES.ahead}]`).count()).toBe(1);
    expect(await page.locator(`[data-entry=${CODES.summer}]`).count()).toBe(0);
    await site.replaceHost('return');
  });
});

describe('the history that a device kept, beside a newer copy that came without its lists', () => {
  test('ends where its lists do, and calls nothing open that the copy does not', async () => {
    let newest = '{}';
    const relay = browser.closeAfter(await serveText(() => newest));
    const mine = browser.closeAfter(await publishSite({ relays: [relay.url.replace('http', 'ws')] }));
    const post = (status: string, daysAgo: number) =>
      mine.say('incident.update', {
        ...{ incident: CODES.edge, name: 'Cards fail', status, impact: 'major', text: 'See below.', lang: 'en' },
        components: [{ id: 'cards', status: status === 'investigating' ? 'major_outage' : 'operational' }],
        display_at: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
      });
    await post('investigating', 20);
    await mine.publisher.publishNow();
    const page = await browser.newPage();
    const month = new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 7);
    await page.goto(`${mine.url}history/${month}/`);
    await settled(page);
    const entry = page.locator(`[data-entry=${CODES.edge}]`);
    await eventually(() => entry.innerText()).toContain('not over yet');
    await page.goto('about:blank');

    await post('resolved', 18);
    await mine.publisher.publishNow();
    newest = await readFile(join(mine.out, 'api/lifeboat/v1/snapshot.json'), 'utf8');
    await mine.replaceHost('refuse');
    await page.goto(`${mine.url}history/${month}/`);
    await page.locator('[data-source=relay]').waitFor({ timeout: 15_000 });
    await eventually(() => entry.locator('.later').textContent()).toContain('How it ended is not known here.');
    expect(await entry.innerText()).not.toContain('not over yet');
    expect(await page.locator('main').innerText()).toContain('The lists kept on your device reach up to then.');
  });
});

describe('the page of one record', () => {
  test('opens for an incident that was published after the worker came', async () => {
    const page = await open('');
    await settled(page);
    await site.post('investigating', 'Cards are failing.');
    await site.publisher.publishNow();
    await page.goto(`${site.url}incidents/abc123abc123/`);
    await page.locator('h1', { hasText: 'Card payments fail' }).waitFor();
    expect(await page.locator('article .text').allInnerTexts()).toEqual(['Cards are failing.']);
  });

  test('opens for an old incident by the list of its month, with its postmortem on top', async () => {
    const page = await open('');
    await settled(page);
    await page.goto(`${site.url}incidents/${CODES.summer}/`);
    await page.locator('h1', { hasText: 'Card payments were slow' }).waitFor();
    const headings = await page.locator('main h2').allInnerTexts();
    expect(headings).toEqual(['Postmortem', 'Updates']);
    expect(await page.locator('.postmortem .text').textContent()).toContain('It has one now, at half of its size.');
    expect(await page.locator('.record').textContent()).toContain('1 hour 12 minutes');
  });

  test('shows what was corrected with the words before, and gives every update an address', async () => {
    const page = await open(`incidents/${CODES.autumn}/`);
    await page.locator('[data-verified=true]').waitFor();
    const first = page.locator('article', { hasText: 'Every third request failed.' });
    await first.locator('summary').click();
    expect(await first.locator('del').textContent()).toBe('Every second request fails.');
    const id = await first.getAttribute('id');
    expect(id).toMatch(/^[0-9a-f]{12}$/);
    await settled(page);
    await page.setViewportSize({ width: 390, height: 400 });
    // Another document, so that the shell is what the browser opens.
    await page.goto('about:blank');
    await page.goto(`${site.url}incidents/${CODES.autumn}/#${id}`);
    await page.locator('article:target', { hasText: 'Every third request failed.' }).waitFor();
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(0);
  });

  test('tells of a maintenance when it was planned, when work began and ended, and what it was about', async () => {
    const page = await open(`incidents/${CODES.work}/`, { timezoneId: 'Asia/Tokyo' });
    await page.locator('[data-verified=true]').waitFor();
    const facts = await page.locator('.record').innerText();
    expect(facts).toContain('Completed');
    expect(facts).toContain('18 Nov 2025, 10:00');
    expect(facts).toContain('01:00 UTC');
    expect(facts).toContain('1 hour 28 minutes');
    expect(facts).toContain('Ledger, API');
    expect(await page.locator('article .text').allInnerTexts()).toEqual([
      'All is back, and faster.',
      'Work has begun.',
      'The ledger is read-only for two hours.',
    ]);
  });

  test('speaks the reader’s language where the author wrote it', async () => {
    const page = await open(`incidents/${CODES.autumn}/`, { locale: 'pt-BR' });
    await page.locator('h1', { hasText: 'Erros na API' }).waitFor();
    const text = page.locator('article .text [lang]').first();
    expect(await text.textContent()).toBe('A versão saiu do ar e todos os pedidos funcionam.');
    expect(await text.getAttribute('lang')).toBe('pt-BR');
  });

  test('believes no file of a host that no signed list names', async () => {
    const path = join(site.out, `api/lifeboat/v1/incidents/${CODES.edge}.json`);
    const good = await readFile(path, 'utf8');
    await writeFile(path, good.replace('All entries are there again.', 'Nothing ever happened.'));
    try {
      const page = await open('');
      await settled(page);
      const asked = page.waitForResponse((response) => response.url().endsWith(`${CODES.edge}.json`));
      await page.goto(`${site.url}incidents/${CODES.edge}/`);
      await asked;
      await eventually(() => page.locator('main > section h1').textContent()).toBe('Unknown');
      expect(await page.locator('main').textContent()).not.toContain('Nothing ever happened.');
    } finally {
      await writeFile(path, good);
    }
  });
});

describe('a reader who was here before', () => {
  /** The worker keeps the site, and the device the newest snapshot; of the past it holds nothing yet. */
  async function returning(of: Published): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 390, height: 640 } });
    await page.goto(of.url);
    await settled(page);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    return page;
  }

  test('is told the present, which goes on, where the lists of the past never arrive', async () => {
    const mine = browser.closeAfter(await publishSite());
    const page = await returning(mine);
    await page.context().route(
      (url) => url.pathname.startsWith('/api/') && !url.pathname.endsWith('/snapshot.json'),
      () => {},
    );
    await page.goto(`${mine.url}history/`);
    const banner = page.locator('.headline.small');
    await eventually(() => banner.getAttribute('data-status')).toBe('operational');
    expect(await page.evaluate(() => performance.now())).toBeLessThan(3_000);
    await mine.post('investigating', 'Cards fail.');
    await mine.publisher.publishNow();
    await eventually(() => banner.getAttribute('data-status')).not.toBe('operational');
  });

  test('stands where she stood after a reload and after coming back', async () => {
    const page = await returning(site);
    const scrolled = () => page.evaluate(() => Math.round(scrollY));
    const stand = async (y: number) => {
      await eventually(() => page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeGreaterThan(
        y,
      );
      await page.evaluate((to) => scrollTo(0, to), y);
    };
    await page.goto(`${site.url}history/2025-11/`);
    await page.locator(`[data-entry=${CODES.autumn}]`).waitFor();
    await stand(300);
    await page.goto(`${site.url}incidents/${CODES.autumn}/`);
    await page.locator('article').first().waitFor();
    await stand(200);
    await page.reload();
    await page.locator('article').first().waitFor();
    await eventually(scrolled).toBe(200);
    await page.goBack();
    await eventually(scrolled).toBe(300);
    // Opened anew, a page begins at its beginning, or at the place that its address names.
    await page.goto(`${site.url}incidents/${CODES.autumn}/`);
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => /\/hand\./.test(name)),
    );
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await scrolled()).toBe(0);
  });
});
