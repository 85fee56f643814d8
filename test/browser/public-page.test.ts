import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, launchProfile } from './chromium.ts';
import { type RunningLifeboat, startLifeboat } from './lifeboat.ts';
import { textOf } from './members.ts';

const HEADLINE = '[role=status][data-status]';

describe('the public page of a running Lifeboat', () => {
  let lifeboat: RunningLifeboat;
  let profile: string;
  let context: BrowserContext;
  let page: Page;
  const requests = new Set<string>();

  beforeAll(async () => {
    lifeboat = await startLifeboat();
    profile = await mkdtemp(join(tmpdir(), 'reader-'));
    context = await launchProfile(profile);
    page = await context.newPage();
    page.on('request', (request) => requests.add(new URL(request.url()).origin));
  });

  afterAll(async () => {
    await context?.close();
    await lifeboat?.destroy();
    await rm(profile, { recursive: true, force: true });
  });

  test('shows measured components with their ages, and verifies the signature', async () => {
    await page.goto(lifeboat.site);
    await page.waitForSelector('[data-source=origin][data-verified=true]');
    await page.waitForSelector(`${HEADLINE}[data-status=operational][data-freshness=fresh]`);
    const components = await page.$$eval('li[data-component]', (items) =>
      items.map((item) => [item.getAttribute('data-component'), item.getAttribute('data-status')]),
    );
    expect(components).toEqual(['ledger', 'cards', 'api', 'webhooks'].map((id) => [id, 'operational']));
    expect(
      await page.$$eval('li[data-component]', (items) =>
        items.every((item) => /checked/i.test(item.textContent ?? '')),
      ),
    ).toBe(true);
  });

  test('asks no origin but its own and those that the operator listed', () => {
    const listed = [lifeboat.site.slice(0, -1), ...lifeboat.relays.map((relay) => relay.replace(/^ws/, 'http'))];
    expect([...requests][0]).toBe(listed[0]);
    expect([...requests].filter((origin) => !listed.includes(origin))).toEqual([]);
  });

  test('says what is going on where JavaScript is off', async () => {
    const browser = await launchChromium();
    const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await plain.goto(lifeboat.site);
    expect(await plain.getAttribute(HEADLINE, 'data-status')).toBe('operational');
    expect(await plain.locator('li[data-component]').count()).toBe(4);
    expect(await plain.locator('time[datetime]').count()).toBeGreaterThan(3);
    await browser.close();
  });

  test('reloads with its age while every server is frozen, and after a cold start', async () => {
    await page.waitForFunction(
      async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated',
    );
    await page.reload();
    await page.waitForSelector('[data-verified=true]');
    await lifeboat.signalAll('SIGSTOP');
    try {
      await expectLastKnown(page, () => page.reload());
      ({ context, page } = await coldStart(context, profile));
      await expectLastKnown(page, () => page.goto(lifeboat.site));
    } finally {
      await lifeboat.signalAll('SIGCONT');
    }
  });

  test('does the same when everything is killed', async () => {
    await lifeboat.signalAll('SIGKILL');
    await expectLastKnown(page, () => page.reload());
    ({ context, page } = await coldStart(context, profile));
    await expectLastKnown(page, () => page.goto(lifeboat.site));
    expect(await page.evaluate(() => navigator.onLine), 'an outage does not set the browser offline').toBe(true);
  });

  test('says Unknown once the last claim has run out, and names when it was last confirmed', async () => {
    await page.clock.install({ time: Date.now() + 20 * 60_000 });
    await page.reload();
    await page.waitForSelector(`${HEADLINE}[data-status=unknown][data-freshness=expired]`);
    expect(await page.locator('li[data-component][data-status=operational]').count()).toBe(0);
    expect(await textOf(page)).toMatch(/last confirmed/i);
  });
});

async function expectLastKnown(page: Page, open: () => Promise<unknown>): Promise<void> {
  await open();
  await page.waitForSelector('[data-source=device]');
  expect(await page.locator('li[data-component]').count()).toBe(4);
  expect(await page.locator(`${HEADLINE} ~ * time[datetime], ${HEADLINE} time[datetime]`).count()).toBeGreaterThan(0);
}

async function coldStart(context: BrowserContext, profile: string): Promise<{ context: BrowserContext; page: Page }> {
  await context.close();
  const fresh = await launchProfile(profile);
  return { context: fresh, page: await fresh.newPage() };
}
