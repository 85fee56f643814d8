import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { type RunningLifeboat, startLifeboat } from './lifeboat.ts';
import { enrol, openScreen, PASSPHRASE, postUpdate, say } from './members.ts';

declare const window: { axe: typeof axe };
let lifeboat: RunningLifeboat;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  lifeboat = await startLifeboat();
  browser = await launchChromium();
  context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await lifeboat?.destroy();
});

/** Light and dark: axe finds nothing, and nothing stands out of the side of a phone. */
async function expectAccessible(screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe.source);
    const found = await page.evaluate(() => window.axe.run());
    expect([screen, colorScheme, found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)]).toEqual([
      screen,
      colorScheme,
      [],
    ]);
  }
  expect([screen, await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)]).toEqual([screen, 0]);
}

test('axe finds nothing on the way in, also where the link is opened in a tab that has the bridge open', async () => {
  await page.goto(`${lifeboat.site}bridge/`);
  await page.waitForSelector('#invite');
  await expectAccessible('welcome');
  await page.goto(lifeboat.bridge);
  await page.waitForSelector('#name');
  expect(page.url()).not.toContain('join');
  await expectAccessible('enrol');
});

test('axe finds nothing on any screen', async () => {
  await page.goto('about:blank');
  await enrol(page, lifeboat.bridge, 'Ana, phone');
  await say(page, 'The payout queue is stuck.');
  for (const screen of ['now', 'room', 'runbooks', 'post'] as const) {
    await openScreen(page, screen);
    await expectAccessible(screen);
  }
  await openScreen(page, 'runbooks');
  await page.click('a[href^="#runbooks/"]');
  await page.waitForSelector('.document');
  await expectAccessible('runbook');
  await postUpdate(page, 'Card payments fail', 'We are looking into it.');
  await page.waitForSelector('[data-live=true]', { timeout: 30_000 });
  await expectAccessible('sent');
});

test('axe finds nothing on the screen of people: an invite with its code, a newcomer, a removal, an update that waits', async () => {
  await openScreen(page, 'people');
  await page.click('button:has-text("Make an invite")');
  await page.click('summary:has-text("QR")');
  await page.waitForSelector('svg.qr path');
  const other = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const [admin, newcomer] = [page, await other.newPage()];
  await newcomer.goto(await page.inputValue('.invite .link'));
  await newcomer.fill('#name', 'Ben, laptop');
  await newcomer.fill('#new-passphrase', PASSPHRASE);
  await newcomer.fill('#again', PASSPHRASE);
  await newcomer.click('button[type=submit]');
  await newcomer.waitForSelector('.compare-words');
  page = newcomer;
  await expectAccessible('waiting');
  page = admin;
  await page.waitForSelector('[data-newcomer]');
  await expectAccessible('people');
  await page.click('[data-newcomer] button.primary');
  await page.click('button[aria-label$="of Ben, laptop"]');
  await expectAccessible('removal');
  await page.click('.confirm .danger');
  await page.check('input[name=approve-major]');
  await page.click('button:has-text("Save the rule")');
  await page.waitForSelector('section:has(#approval-rule):has-text("is on this device")');
  await expectAccessible('removed');
  page = newcomer;
  await page.waitForSelector('[data-removed]');
  await expectAccessible('removed device');
  page = admin;
  await openScreen(page, 'post');
  await page.click('button:has-text("Post another update")');
  await postUpdate(page, 'Payouts are late', 'We are looking into it.');
  await page.waitForSelector('[data-waits=true]');
  await expectAccessible('waits for approval');
});

test('axe finds nothing where a tab of iOS is asked to install first', async () => {
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, userAgent: 'iPhone' });
  const before = page;
  page = await phone.newPage();
  await page.goto(lifeboat.bridge);
  await page.waitForSelector('[data-install]');
  await expectAccessible('install');
  page = before;
});

test('axe finds nothing on a locked device that was given a wrong passphrase', async () => {
  await page.click('header button');
  await page.fill('#passphrase', 'not the passphrase');
  await page.click('form button[type=submit]');
  await page.waitForSelector('#unlock-problem:not(:empty)');
  await expectAccessible('locked');
});
