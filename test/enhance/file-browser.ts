import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';

interface Closing {
  close(): Promise<void>;
}

/** What the tests of one file share. */
export interface FileBrowser {
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** Closes the thing once the test that opened it is over, however that ends; gives it back. */
  closeAfter<Thing extends Closing>(thing: Thing): Thing;
}

/** One Chromium for all tests of a file; to be called at its top, before the file's own hooks. */
export function fileBrowser(): FileBrowser {
  let browser: Browser | undefined;
  const open: Closing[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  async function newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    if (browser === undefined) throw new Error('No browser is open before the tests begin.');
    return browser.newContext(options);
  }

  return {
    newContext,
    newPage: async (options) => (await newContext(options)).newPage(),
    closeAfter: (thing) => {
      open.push(thing);
      return thing;
    },
  };
}

/** What the page complains of from now on: its errors, and the policy's; not what its network refuses. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text());
  });
  return complaints;
}
