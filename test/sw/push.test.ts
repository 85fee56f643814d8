import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { type Published, publishSite, settled } from '../enhance/reader.ts';

let site: Published;
let context: BrowserContext;
let page: Page;
let worker: CDPSession;
let registrationId = '';
const origin = () => site.url.replace(/\/$/, '');

beforeAll(async () => {
  site = await publishSite();
  const browser = await launchChromium();
  context = await browser.newContext();
  await context.grantPermissions(['notifications'], { origin: origin() });
  page = await context.newPage();
  await page.goto(site.url);
  await settled(page);
  worker = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) =>
    worker.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      if (registrations[0] !== undefined) resolve(registrations[0].registrationId);
    }),
  );
  await worker.send('ServiceWorker.enable');
  registrationId = await registered;
}, 60_000);
afterAll(async () => {
  await context.browser()?.close();
  await site.close();
});

async function push(data: string) {
  await worker.send('ServiceWorker.deliverPushMessage', { origin: origin(), registrationId, data });
}

function shown() {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const all = await registration.getNotifications();
    return all.map(({ title, body, tag, data }) => ({ title, body, tag, path: (data as { path: string }).path }));
  });
}

describe('a push message', () => {
  const message = {
    v: 1,
    title: 'Card payments fail: Resolved',
    text: 'Paid again.',
    lang: 'en',
    path: '/incidents/abc123abc123/',
  };

  test('is shown with its words, once although it came twice', async () => {
    for (let times = 0; times < 2; times += 1)
      await push(JSON.stringify({ ...message, at: '2026-11-22T03:12:40.000Z', tag: 'e1' }));
    await expect
      .poll(shown, { timeout: 10_000 })
      .toEqual([{ title: message.title, body: message.text, tag: 'e1', path: message.path }]);
  });

  test('that cannot be read is said, and leads to the status page', async () => {
    // What is handed to a worker that is just ending is lost on the way, as the browser's tools deliver it.
    const pushed = async () => {
      await push('{"v":2');
      return shown();
    };
    await expect
      .poll(pushed, { timeout: 10_000, interval: 1_000 })
      .toContainEqual({ title: 'Status', body: '…', tag: 'unreadable', path: '/' });
  });
});
