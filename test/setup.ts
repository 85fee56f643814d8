// Once before all tests: finds a browser and says which. Tests that need the built site call buildSite() themselves.
import { findBrowser } from './browser/chromium.ts';

export async function setup(): Promise<void> {
  const browser = await findBrowser();
  console.log(`Test browser: ${browser.version} (${browser.origin})`);
}
