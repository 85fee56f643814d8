import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ComponentStatus } from '../../src/model/status.ts';
import { type Published, publishSite, settled } from '../enhance/reader.ts';
import { launchChromium } from './chromium.ts';
import { installFaults, setFaults } from './faults.ts';
import { ENTRY, type FaultyHost, type HostFault, startFaultyHost } from './faulty-host.ts';

/** What the issue promises, from navigation to a right page. */
const WITHIN_MS = 3_000;
const SNAPSHOT = 'api/lifeboat/v1/snapshot.json';

interface Seen {
  readonly status: string;
  readonly source: string;
  /** Since navigation began, by the page's own clock. */
  readonly ms: number;
}

let browser: Browser;
let site: Published;
let origin: FaultyHost;
let mirror: FaultyHost;
const times: [string, string, number][] = [];

beforeAll(async () => {
  browser = await launchChromium();
  [origin, mirror] = [await startFaultyHost(), await startFaultyHost()];
  site = await publishSite({ mirrors: [mirror.origin] });
  origin.target = site.url.replace(/\/$/, '');
  mirror.target = origin.target;
  origin.stale = await readFile(join(site.out, SNAPSHOT), 'utf8');
  mirror.stale = origin.stale;
});
afterAll(async () => {
  for (const [what, where, ms] of times) console.log(`${what}: right from ${where} after ${Math.round(ms)} ms`);
  await browser?.close();
  await origin?.close();
  await mirror?.close();
  await site?.close();
});

/** Notes when what stands on the page last changed, by the page's own clock. */
async function watch(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const seen: Seen[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const status = document.querySelector('[role=status]')?.getAttribute('data-status') ?? '';
      const source = document.querySelector('[data-source]')?.getAttribute('data-source') ?? '';
      const last = seen.at(-1);
      if (last?.status !== status || last.source !== source) seen.push({ status, source, ms: performance.now() });
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
}

/** When the page first said `status`, read at `source`. */
async function rightAfter(page: Page, status: ComponentStatus, source: string, what: string): Promise<number> {
  const found = await page.waitForFunction(
    ([status, source]) =>
      (window as unknown as { seen: Seen[] }).seen.find((one) => one.status === status && one.source === source)?.ms,
    [status, source] as const,
    { timeout: 20_000 },
  );
  const ms = Number(await found.jsonValue());
  times.push([what, source, ms]);
  return ms;
}

async function seenOf(page: Page): Promise<readonly Seen[]> {
  return page.evaluate(() => (window as unknown as { seen: Seen[] }).seen);
}

/** What is true changes, and the publisher says so. */
async function turn(status: ComponentStatus): Promise<void> {
  await site.pulse({ cards: status });
  await site.publisher.publishNow();
}

async function returningReader(): Promise<Page> {
  const context = await browser.newContext();
  await watch(context);
  const page = await context.newPage();
  await page.goto(origin.origin);
  await settled(page);
  return page;
}

describe('a reader who has been here before, whose site', () => {
  const faults: readonly (readonly [HostFault, string])[] = [
    ['refused', 'unreachable'],
    ['frozen', 'unreachable'],
    ['half', 'unreachable'],
    ['error 503', 'unreachable'],
    ['error 429', 'unreachable'],
    ['portal 511', 'foreign'],
    ['html', 'foreign'],
    ['login', 'foreign'],
    ['empty', 'foreign'],
    ['missing', 'foreign'],
    ['stale', 'older'],
    ['tampered snapshot', 'invalid'],
  ];
  let page: Page;
  let truth: ComponentStatus = 'degraded_performance';

  beforeAll(async () => {
    page = await returningReader();
  });
  afterAll(() => page?.context().close());

  test.each(faults)('is %s reads the mirror’s newer copy, then the device’s own, and why', async (fault, trouble) => {
    truth = truth === 'major_outage' ? 'degraded_performance' : 'major_outage';
    await turn(truth);
    await origin.become(fault);
    await mirror.become('none');
    await page.goto(origin.origin);
    const fromMirror = await rightAfter(page, truth, 'mirror', fault);
    await mirror.become(fault);
    await page.reload();
    const fromDevice = await rightAfter(page, truth, 'device', fault);
    await page.locator(`[data-trouble=${trouble}]`).waitFor({ timeout: 15_000 });
    const said = await page.locator('[data-source=device]').innerText();
    expect(said).toMatch(/ago, .*UTC/);
    expect((await seenOf(page)).map(({ status }) => status)).not.toContain('operational');
    expect(Math.max(fromMirror, fromDevice)).toBeLessThan(WITHIN_MS);
  });

  test('is well asks nobody else in its rounds', async () => {
    await origin.become('none');
    await mirror.become('none');
    await turn('major_outage');
    mirror.asked.length = 0;
    await page.goto(origin.origin);
    await rightAfter(page, 'major_outage', 'origin', 'none');
    await page.locator('[data-verified=true]').waitFor();
    // At first the others are heard once.
    await expect.poll(() => mirror.asked.filter((path) => path.endsWith('snapshot.json')).length).toBe(1);
    const rounds = origin.asked.length;
    await expect.poll(() => origin.asked.length).toBeGreaterThan(rounds + 2);
    expect(mirror.asked.filter((path) => path.endsWith('snapshot.json')).length).toBe(1);
  });

  test('has tampered parts still reads an incident in full, from the mirror', async () => {
    await site.post('investigating', 'Cards are failing.');
    await site.post('identified', 'A link is down.');
    await turn('major_outage');
    await origin.become('tampered parts');
    await page.goto(`${origin.origin}/incidents/abc123abc123/`);
    await page.locator('article .text').first().waitFor();
    await expect.poll(() => mirror.asked.some((path) => /\/parts\//.test(path))).toBe(true);
    expect(await page.locator('article .text').allInnerTexts()).toEqual(['A link is down.', 'Cards are failing.']);
  });

  test('is gone while the device’s copy has run out reads Unknown, and what was last confirmed', async () => {
    await origin.become('refused');
    await mirror.become('stale');
    const context = page.context();
    await installFaults(context);
    await setFaults(page, { ahead: 20 * 60_000 });
    await page.goto(origin.origin);
    expect(await rightAfter(page, 'unknown', 'device', 'refused, and the copy run out')).toBeLessThan(WITHIN_MS);
    await page.locator('[data-trouble]').waitFor({ timeout: 15_000 });
    expect(await page.locator('[role=status]').innerText()).toMatch(/Last confirmed/);
    expect(await page.locator('[data-status=operational]').count()).toBe(0);
    await setFaults(page, {});
  });
});

describe('a reader whose browser keeps nothing', () => {
  const denied: readonly (readonly [string, string, (context: BrowserContext) => Promise<unknown>])[] = [
    [
      'no localStorage',
      'device',
      (context) =>
        context.addInitScript(() => {
          Object.defineProperty(window, 'localStorage', {
            get: () => {
              throw new DOMException('denied', 'SecurityError');
            },
          });
        }),
    ],
    [
      'no IndexedDB',
      'device',
      (context) => context.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined })),
    ],
    [
      'an IndexedDB that never answers',
      'device',
      (context) =>
        context.addInitScript(() => {
          IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest;
        }),
    ],
  ];

  test.each(denied)(
    'with %s still opens the copy kept before, and the mirror’s newer one',
    async (what, source, deny) => {
      await origin.become('none');
      await mirror.become('none');
      await turn('partial_outage');
      const page = await returningReader();
      await deny(page.context());
      await origin.become('refused');
      await mirror.become('refused');
      await page.reload();
      expect(await rightAfter(page, 'partial_outage', source, what)).toBeLessThan(WITHIN_MS);
      await turn('major_outage');
      await mirror.become('none');
      await page.reload();
      expect(await rightAfter(page, 'major_outage', 'mirror', what)).toBeLessThan(WITHIN_MS);
      await page.context().close();
    },
  );
});

describe('somebody who has never been here', () => {
  const broken: readonly HostFault[] = ['script 500', 'script throws'];

  async function stranger(): Promise<Page> {
    const context = await browser.newContext();
    await watch(context);
    return context.newPage();
  }

  test.each(broken)('reads the server’s words with their absolute time where the %s', async (fault) => {
    await turn('major_outage');
    await origin.become(fault);
    const page = await stranger();
    origin.asked.length = 0;
    await page.goto(origin.origin);
    await expect.poll(() => origin.asked).toContainEqual(expect.stringMatching(ENTRY));
    expect(await page.locator('[data-verified=true]').count()).toBe(0);
    expect(await page.getByRole('status').getAttribute('data-status')).toBe('major_outage');
    expect(await page.locator('.copy').innerText()).toMatch(/Signed .* UTC.*Do not rely on it after .* UTC/s);
    expect(await page.locator('main').innerText()).not.toMatch(/ ago/);
    await page.context().close();
  });

  test('reads the server’s words, said to be unverified, where no data comes', async () => {
    await turn('major_outage');
    await origin.become('missing');
    await mirror.become('refused');
    const page = await stranger();
    await page.goto(origin.origin);
    await expect.poll(() => origin.asked.filter((path) => path.endsWith('snapshot.json')).length).toBeGreaterThan(0);
    expect(await page.locator('[data-source]').getAttribute('data-verified')).toBe('false');
    expect(await page.getByRole('status').getAttribute('data-status')).toBe('major_outage');
    await page.context().close();
  });

  test('believes a copy whose roster the site tampered with by the roster of the mirror', async () => {
    await turn('major_outage');
    await origin.become('tampered roster');
    await mirror.become('none');
    const page = await stranger();
    await page.goto(origin.origin);
    await page.locator('[data-verified=true]').waitFor({ timeout: 15_000 });
    expect(mirror.asked.filter((path) => path.endsWith('roster.json')).length).toBeGreaterThan(0);
    await page.context().close();
  });

  test('is led from the shell to the plain page where the script of a release fails', async () => {
    await turn('major_outage');
    await origin.become('none');
    const page = await returningReader();
    await page.addInitScript(() => {
      document.getElementById = () => {
        throw new Error('a broken release');
      };
    });
    await page.reload();
    expect(await page.getByRole('status').getAttribute('data-status')).toBe('unknown');
    await page.click('a[href="?fresh"]');
    await page.locator('[role=status][data-status=major_outage]').waitFor();
    expect(await page.locator('.copy').innerText()).toMatch(/Do not rely on it after/);
    await page.context().close();
  });
});
