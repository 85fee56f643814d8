import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { isoTime } from '../../src/model/clock.ts';
import type { SignedEvent } from '../../src/model/event.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { writeWhole } from '../../src/node/publish/atomic.ts';
import { announceSnapshot } from '../../src/node/publish/sign.ts';
import { fileBrowser } from './file-browser.ts';
import { eventually, headline, type Published, publishSite, serveText, settled } from './reader.ts';

const SNAPSHOT = 'api/lifeboat/v1/snapshot.json';
const browser = fileBrowser();

function snapshotOf(site: Published): Promise<string> {
  return readFile(join(site.out, SNAPSHOT), 'utf8');
}

async function read(site: Published): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(site.url);
  await settled(page);
  return page;
}

test('a relay gives the news when the site is gone, and the page says that it is a relay', async () => {
  let text = '';
  const relay = browser.closeAfter(await serveText(() => text));
  const site = browser.closeAfter(await publishSite({ relays: [relay.url.replace('http', 'ws')] }));
  const page = await read(site);
  await site.replaceHost('refuse');
  await site.post('investigating', 'Cards are failing.');
  await site.publisher.publishNow();
  text = await snapshotOf(site);
  await page.locator('[data-source=relay]').waitFor({ timeout: 15_000 });
  expect(await headline(page)).toMatchObject({ status: 'partial_outage' });
});

test('a snapshot with one byte changed is not shown; the last good one stays, and the page says so', async () => {
  const site = browser.closeAfter(await publishSite());
  const page = await read(site);
  const event = JSON.parse(await snapshotOf(site)) as SignedEvent;
  const forged = { ...event, content: event.content.replaceAll('operational', 'major_outage') };
  await writeWhole(site.out, SNAPSHOT, JSON.stringify(forged));
  await page.locator('[data-trouble=invalid]').waitFor({ timeout: 15_000 });
  expect(await headline(page)).toMatchObject({ status: 'operational' });
});

test('an older snapshot does not come back, also not after a reload', async () => {
  const site = browser.closeAfter(await publishSite());
  const old = await snapshotOf(site);
  const page = await read(site);
  await site.post('investigating', 'Cards are failing.');
  await site.publisher.publishNow();
  await page.locator('article[data-incident]').waitFor({ timeout: 15_000 });
  await writeWhole(site.out, SNAPSHOT, old);
  await page.reload();
  await page.locator('[data-trouble=older]').waitFor({ timeout: 15_000 });
  expect(await headline(page)).toMatchObject({ status: 'partial_outage' });
});

test('a new version of the site takes over without a reload being forced, and the one before it is kept', async () => {
  const site = browser.closeAfter(await publishSite());
  const page = await read(site);
  const worker = await readFile(join(site.out, 'sw.js'), 'utf8');
  await writeWhole(site.out, 'sw.js', worker.replace(/"version":"[0-9a-f]+"/, '"version":"second"'));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await eventually(() => page.evaluate(async () => (await caches.keys()).length)).toBe(2);
  await eventually(() =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting),
  ).toBeFalsy();
  await site.replaceHost('refuse');
  await page.reload();
  expect(await headline(page)).toMatchObject({ status: 'operational' });
});

test('the kill switch removes the worker and its shells, and the page lives on from the network', async () => {
  const site = browser.closeAfter(await publishSite());
  const page = await read(site);
  await writeWhole(site.out, 'sw.js', await readFile(join(site.out, 'sw-off.js'), 'utf8'));
  const other = await page.context().newPage();
  await other.goto(`${site.url}robots.txt`);
  // The page looks for a newer worker when it is seen again. The plain file could not: its policy lets it start no worker.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await eventually(() => other.evaluate(() => caches.keys())).toEqual([]);
  await page.locator('[data-source=origin][data-verified=true]').waitFor({ timeout: 15_000 });
});

test('a copy from the future neither replaces a good one nor keeps the next good one out', async () => {
  const site = browser.closeAfter(await publishSite());
  const page = await read(site);
  const good = await snapshotOf(site);
  const claim = JSON.parse((JSON.parse(good) as SignedEvent).content) as Snapshot;
  const day = 86_400_000;
  const generated_at = isoTime(Date.now() + day);
  const wrong = { ...claim, seq: claim.seq + 1, generated_at, valid_until: isoTime(Date.now() + day + 60_000) };
  const future = await announceSnapshot(site.log, wrong);
  await writeWhole(site.out, SNAPSHOT, JSON.stringify(future));
  await page.waitForResponse((response) => response.url().endsWith(SNAPSHOT));
  await page.locator('[data-source=device]').waitFor({ timeout: 15_000 });
  expect(await headline(page)).toMatchObject({ status: 'operational' });
  await writeWhole(site.out, SNAPSHOT, good);
  await page.locator('[data-source=origin]').waitFor({ timeout: 15_000 });
  // Also where nothing else is held: it is shown, as Unknown, and gives way to what is good.
  await writeWhole(site.out, SNAPSHOT, JSON.stringify(future));
  const stranger = await browser.newPage({ serviceWorkers: 'block' });
  await stranger.route(site.url, (route) => route.fulfill({ path: join(site.out, 'shell/status/index.html') }));
  await stranger.goto(site.url);
  await stranger.locator('[data-verified=true]').waitFor({ timeout: 15_000 });
  expect(await headline(stranger)).toMatchObject({ status: 'unknown', freshness: 'expired' });
  await writeWhole(site.out, SNAPSHOT, good);
  await eventually(() => headline(stranger)).toMatchObject({ status: 'operational' });
});
