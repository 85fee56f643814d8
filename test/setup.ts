// Once before all tests: builds the site if its sources changed, and finds a browser to test it with.
import { buildSite } from '../src/node/publish/build.ts';
import { findBrowser } from './browser/chromium.ts';

export async function setup(): Promise<void> {
  await buildSite();
  const browser = await findBrowser();
  console.log(`Test browser: ${browser.version} (${browser.origin})`);
}
