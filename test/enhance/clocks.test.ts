import type { Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_COPY } from '../../src/enhance/current-copy.ts';
import { readerOf } from '../../src/enhance/view-of.ts';
import { headlineOf } from '../../src/model/headline.ts';
import { copyOf, NOW } from './copies.ts';
import { fileBrowser } from './file-browser.ts';
import { eventually, headline, type Published, publishSite } from './reader.ts';

const HOUR_MS = 3_600_000;
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
