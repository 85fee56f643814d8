// Takes the README's pictures anew from a running demo: `node test/browser/pictures.ts` (Node 24).
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { PROJECT } from '../quality/sources.ts';
import { launchChromium } from './chromium.ts';
import { startLifeboat } from './lifeboat.ts';
import { enrol, openScreen, postUpdate, say, waitForReceipts } from './members.ts';

const FOLDER = join(PROJECT, 'docs', 'pictures');
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1000, height: 860 };

async function openPage(browser: Browser, viewport: typeof PHONE, colorScheme: 'light' | 'dark'): Promise<Page> {
  return (await browser.newContext({ viewport, colorScheme, deviceScaleFactor: 1.5 })).newPage();
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}

async function takeBridge(page: Page, other: Page): Promise<void> {
  await say(other, 'Authorisations fail since 21:50, all card schemes.');
  await say(page, 'I command. Ledger and payouts are fine. Who looks at the gateway?');
  await openScreen(other, 'room');
  await say(other, 'On it. Release 2411 went out at 21:48, rolling back.');
  await page.waitForSelector('[data-event]:has-text("rolling back")');
  await waitForReceipts(page, 'I command.', '2/2');
  await take(page, 'bridge-room');
  await postUpdate(
    page,
    'Card payments fail',
    'Some card payments fail. Transfers and the ledger are not affected. We are rolling back a change; next update within 20 minutes.',
  );
  await page.waitForSelector('[data-live=true]');
  await take(page, 'bridge-post');
  await openScreen(page, 'runbooks');
  await page.waitForSelector('[data-held="8/8"]');
  await page.fill('#search', 'card');
  await page.click('.runbook-list a');
  await page.waitForSelector('[data-runbook]');
  await take(page, 'bridge-runbooks');
  await openScreen(page, 'now');
  await take(page, 'bridge-now');
}

await mkdir(FOLDER, { recursive: true });
const lifeboat = await startLifeboat();
const browser = await launchChromium();
try {
  const member = await openPage(browser, PHONE, 'light');
  const other = await openPage(browser, PHONE, 'light');
  await enrol(member, lifeboat.bridge, 'Commander, phone');
  await enrol(other, lifeboat.bridge, 'On call, laptop');
  await takeBridge(member, other);
  const [light, dark] = [await openPage(browser, DESKTOP, 'light'), await openPage(browser, PHONE, 'dark')];
  for (const page of [light, dark]) {
    await page.goto(lifeboat.site);
    await page.waitForSelector('[data-verified=true]');
    await page.waitForSelector('[data-incident]');
  }
  await take(light, 'public-light');
  await take(dark, 'public-phone-dark');
} finally {
  await browser.close();
  await lifeboat.destroy();
}
