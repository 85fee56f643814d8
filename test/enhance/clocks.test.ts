import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_COPY } from '../../src/enhance/current-copy.ts';
import { readerOf } from '../../src/enhance/view-of.ts';
import { headlineOf } from '../../src/model/headline.ts';
import { PUBLISHER } from '../node/publish/harbour.ts';
import { copyOf, NOW } from './copies.ts';
import { fileBrowser } from './file-browser.ts';
import { eventually, headline, type Published, publishSite, settled } from './reader.ts';
import { signedAnew } from './signed-anew.ts';

const HOUR_MS = 3_600_000;
const BEHIND_MS = 180_000;
const MADE = NOW - 10_000;
const browser = fileBrowser();
let site: Published;

beforeAll(async () => {
  site = await publishSite();
});
afterAll(() => site.close());

/** The host answers with what it has, and with its own time. */
const hostSays = (at: () => number) => async (route: Route) => {
  const response = await route.fetch();
  await route.fulfill({ response, headers: { ...response.headers(), date: new Date(at()).toUTCString() } });
};

describe('a copy that has run out by the host’s clock', () => {
  test.each(['', 'history/', 'embed/'])('is Unknown on a device whose clock is behind, at /%s', async (path) => {
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.route(
      '**/snapshot.json',
      hostSays(() => Date.now() + HOUR_MS),
    );
    await page.goto(site.url + path);
    await eventually(() => headline(page)).toMatchObject({ status: 'unknown', freshness: 'expired' });
    expect(await page.locator('.answer').textContent()).toBe('Unknown');
    expect(await page.locator('main').textContent()).not.toContain('Received');
    // It would go on to ask a host that is gone by then.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.close();
  });
});

describe('the reader’s clock', () => {
  const at = (now: number, offset: number | null) => {
    const copy = copyOf();
    const reader = readerOf({ ...NO_COPY, copy, offset }, copy, now);
    return { ...headlineOf(copy.snapshot, reader.now), reader };
  };

  test('is the later of the device’s and the host’s', () => {
    expect(at(MADE + 1_000, null).freshness).toBe('fresh');
    expect(at(MADE + 1_000, -HOUR_MS)).toMatchObject({ freshness: 'expired', reader: { skew: -HOUR_MS } });
    expect(at(MADE + 1_000, -HOUR_MS).reader.copy.received_at).toBeNull();
    expect(at(MADE + 1_000, -60_000)).toMatchObject({ freshness: 'fresh', reader: { skew: null } });
    expect(at(MADE + HOUR_MS, HOUR_MS).freshness).toBe('expired');
  });

  test('makes nothing live that is ahead of the device’s own', () => {
    expect(at(MADE - HOUR_MS, -HOUR_MS)).toMatchObject({ freshness: 'expired', ahead: true });
  });
});

describe('a device whose clock is behind', () => {
  test('does not keep a green copy when a newer one comes that only its own clock finds to be of the future', async () => {
    const published = browser.closeAfter(await publishSite());
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.goto(published.url);
    await page.locator('[data-verified=true]').waitFor();
    expect(await headline(page)).toMatchObject({ status: 'operational' });
    // As if everybody else were three minutes further.
    const text = await readFile(join(published.out, 'api/lifeboat/v1/snapshot.json'), 'utf8');
    const body = signedAnew(text, PUBLISHER, BEHIND_MS, 'major_outage');
    await page.route('**/snapshot.json', (route) => {
      const date = new Date(Date.now() + BEHIND_MS).toUTCString();
      return route.fulfill({ body, contentType: 'application/json', headers: { date } });
    });
    await eventually(() => headline(page)).toMatchObject({ status: 'unknown' });
    expect(await page.locator('.doubts').textContent()).toContain('clock');
    // Nor when it is opened again and nobody says the time.
    await page.unroute('**/snapshot.json');
    await page.route('**/snapshot.json', (route) => route.abort());
    await page.reload();
    await page.locator('[data-trouble=unreachable]').waitFor();
    expect(await headline(page)).toMatchObject({ status: 'unknown' });
  });

  test('brings nothing back to life by being set back while the page is open, until a host says the time', async () => {
    const published = browser.closeAfter(await publishSite());
    const page = await browser.newPage();
    await page.clock.install();
    await page.goto(published.url);
    await settled(page);
    await published.replaceHost('refuse');
    await page.clock.fastForward('16:00');
    await eventually(() => headline(page)).toMatchObject({ status: 'unknown', freshness: 'expired' });
    await page.clock.setSystemTime(Date.now());
    await page.locator('[data-trouble=unreachable]').waitFor();
    await page.clock.runFor(20_000);
    expect(await headline(page)).toMatchObject({ status: 'unknown', freshness: 'expired' });
    await published.replaceHost('return');
    await eventually(() => headline(page)).toMatchObject({ status: 'operational', freshness: 'fresh' });
  });
});
