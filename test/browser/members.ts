import type { Page } from 'playwright-core';

export const PASSPHRASE = 'correct horse battery staple';

/** Opens the invite link, joins, and waits until the roster names the device and the room is there. */
export async function enrol(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.fill('#name', name);
  await page.fill('#new-passphrase', PASSPHRASE);
  await page.fill('#again', PASSPHRASE);
  await page.click('button[type=submit]');
  await page.waitForSelector('nav a[href="#room"]', { timeout: 30_000 });
}

export async function unlock(page: Page, passphrase = PASSPHRASE): Promise<void> {
  await page.fill('#passphrase', passphrase);
  await page.click('form button[type=submit]');
}

export async function openScreen(page: Page, screen: 'now' | 'room' | 'runbooks' | 'post' | 'people'): Promise<void> {
  await page.click(`nav a[href="#${screen}"]`);
}

/** Writes into the room and waits until the entry stands there. */
export async function say(page: Page, text: string): Promise<void> {
  await openScreen(page, 'room');
  await page.fill('#message', text);
  await page.click('.composer button[type=submit]');
  await page.waitForSelector(`[data-event]:has-text("${text}")`);
}

/** Waits until the own entry with `text` is on `receipts`, such as "1/2". */
export async function waitForReceipts(page: Page, text: string, receipts: string): Promise<void> {
  await page.waitForSelector(`[data-event][data-receipts="${receipts}"]:has-text("${text}")`, { timeout: 45_000 });
}

export async function postUpdate(page: Page, name: string, text: string): Promise<void> {
  await openScreen(page, 'post');
  await page.fill('#incident-name', name);
  await page.fill('#text', text);
  await page.selectOption('#affected-cards', 'major_outage');
  await page.click('form button[type=submit]');
  await page.click('.row button.primary');
}

/** Text of the whole page as a person reads it. */
export function textOf(page: Page): Promise<string> {
  return page.evaluate(() => document.body.innerText);
}
