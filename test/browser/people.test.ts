import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { type RunningLifeboat, startLifeboat } from './lifeboat.ts';
import { enrol, openScreen, PASSPHRASE, postUpdate, say, textOf, unlock, waitForReceipts } from './members.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

/** A camera that shows a test picture; what is read from it is the detector's business, which Linux has none of. */
const FAKE_CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** One organisation from its first admin on; each test stands on the ones before. */
describe('people of a running Lifeboat', () => {
  let lifeboat: RunningLifeboat;
  let browser: Browser;
  let ana: Page;
  let ben: Page;
  let cleo: Page;

  beforeAll(async () => {
    lifeboat = await startLifeboat();
    browser = await launchChromium(FAKE_CAMERA);
    ana = await newPage();
    await enrol(ana, lifeboat.bridge, 'Ana, phone');
  });

  afterAll(async () => {
    await browser?.close();
    await lifeboat?.signalAll('SIGCONT');
    await lifeboat?.destroy();
  });

  async function newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const permissions = ['clipboard-read', 'clipboard-write'];
    return browser.newContext({ viewport: { width: 390, height: 844 }, permissions, ...options });
  }

  async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
    return (await newContext(options)).newPage();
  }

  const known: string[] = [];

  /** Ana makes an invite with the form as it stands, and reads its link. */
  async function inviteLink(): Promise<string> {
    await openScreen(ana, 'people');
    // Those of before may be drawn while the new one is made.
    const links = () =>
      ana.locator('.invite .link').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    await ana.click('button:has-text("Make an invite")');
    await expect.poll(async () => (await links()).some((link) => !known.includes(link))).toBe(true);
    const made = (await links()).find((link) => !known.includes(link)) ?? '';
    known.push(made);
    return made;
  }

  async function ask(page: Page, name: string): Promise<void> {
    await page.fill('#name', name);
    await page.fill('#new-passphrase', PASSPHRASE);
    await page.fill('#again', PASSPHRASE);
    await page.click('button[type=submit]');
    await page.waitForSelector('.compare-words');
  }

  /** Compares the words on both screens, then lets in. */
  async function letIn(page: Page, name: string): Promise<void> {
    await openScreen(ana, 'people');
    const asking = ana.locator(`[data-newcomer]:has-text("${name}")`);
    await asking.waitFor();
    const words = await asking.locator('.compare-words li').allInnerTexts();
    expect(words).toHaveLength(4);
    expect(await page.locator('.compare-words li').allInnerTexts()).toEqual(words);
    await asking.locator('button.primary').click();
    await page.waitForSelector('nav a[href="#room"]');
  }

  async function join(page: Page, link: string, name: string): Promise<void> {
    await page.goto(link);
    await ask(page, name);
    await letIn(page, name);
  }

  const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

  test('an admin invites from the bridge, compares four words with the newcomer, and lets in', async () => {
    const link = await inviteLink();
    await ana.click('summary:has-text("QR")');
    await ana.waitForSelector('svg.qr path');
    ben = await newPage();
    await join(ben, link, 'Ben, laptop');
    await say(ben, 'Ben is here.');
    await openScreen(ana, 'room');
    await ana.waitForSelector('[data-event]:has-text("Ben is here.")');
    await openScreen(ana, 'people');
    expect(await ana.locator('.invite').first().innerText()).toContain('Used up');
    expect(await ben.locator('nav').innerText()).not.toContain('waiting for you');
  });

  test('a request that is answered with No is never asked again', async () => {
    const stranger = await newPage();
    await stranger.goto(await inviteLink());
    await ask(stranger, 'Mallory');
    await ana.locator('[data-newcomer]:has-text("Mallory") button:has-text("No")').click();
    await ana.waitForSelector('[data-newcomer]', { state: 'detached' });
    await ana.reload();
    await unlock(ana);
    await openScreen(ana, 'people');
    await ana.waitForSelector('.invite');
    expect(await ana.locator('[data-newcomer]').count()).toBe(0);
    await stranger.context().close();
  });

  test('a device that is removed keeps what it had, reads nothing newer, and is told that its writing is refused', async () => {
    cleo = await newPage();
    await join(cleo, await inviteLink(), 'Cleo, tablet');
    await openScreen(cleo, 'room');
    await cleo.waitForSelector('[data-event]:has-text("Ben is here.")');
    // Only a page that the worker has taken over is sure to open without a network.
    await cleo.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
    await cleo.context().setOffline(true);
    await cleo.reload();
    await unlock(cleo);
    await say(cleo, 'Written without knowing.');
    await waitForReceipts(cleo, 'Written without knowing.', '0/2');

    await openScreen(ana, 'people');
    await ana.click('button[aria-label$="of Cleo, tablet"]');
    expect(await ana.locator('.confirm').innerText()).toContain('reads nothing that is written from now on');
    await ana.click('.confirm button:has-text("Keep it")');
    await ana.click('button[aria-label$="of Cleo, tablet"]');
    await ana.click('.confirm .danger');
    await ana.waitForSelector('section:has(#removed):has-text("Cleo, tablet")');
    await say(ana, 'Not for Cleo.');
    await waitForReceipts(ana, 'Not for Cleo.', '2/2');

    await cleo.context().setOffline(false);
    await cleo.waitForSelector('[data-removed]');
    const own = '[data-event]:has-text("Written without knowing.")';
    await cleo.waitForSelector(`${own} [data-refused="2"]`, { timeout: 45_000 });
    expect(await cleo.locator(own).innerText()).toContain('it does not count');
    expect(await textOf(cleo)).toContain('Ben is here.');
    expect(await textOf(cleo)).not.toContain('Not for Cleo.');
    expect(await cleo.locator('.composer').count()).toBe(0);
  });

  test('an update that needs a second person is public only when another member has approved it', async () => {
    await openScreen(ana, 'people');
    await ana.check('input[name=approve-major]');
    await ana.selectOption('#override-wait', '0');
    await ana.click('button:has-text("Save the rule")');
    await ana.waitForSelector('section:has(#approval-rule):has-text("is on this device")');

    await openScreen(ben, 'post');
    await ben.fill('#incident-name', 'Card payments fail');
    await ben.fill('#text', 'Some cards are declined.');
    await ben.click('form button[type=submit]');
    // As soon as the rule has come.
    await ben.waitForSelector('[data-needs-approval]');
    await ben.click('.row button.primary');
    await ben.waitForSelector('[data-receipts="2/2"] ~ [data-waits=true]');
    await openScreen(ben, 'now');
    expect(await ben.locator('[data-incident]').count()).toBe(0);

    await ana.waitForSelector('nav a[href="#post"] .count');
    await openScreen(ana, 'post');
    await ana.click('[data-update] button:has-text("Approve")');
    await openScreen(ben, 'post');
    await ben.waitForSelector('[data-live=true]', { timeout: 30_000 });
    expect(await textOf(ben)).toContain('approved by');
  });

  test('a commander publishes alone after the wait, with a reason that stays in history', async () => {
    await postUpdate(ana, 'Payouts are late', 'Payouts of this morning are late.');
    await ana.click('summary:has-text("Publish without approval")');
    await ana.fill('.opinion input', 'Ben is asleep.');
    await ana.click('.opinion button:has-text("Publish without approval")');
    await ana.waitForSelector('[data-live=true]', { timeout: 30_000 });
    await openScreen(ben, 'room');
    await ben.waitForSelector('[data-event]:has-text("Ben is asleep.")');
  });

  test('a fingerprint opens the device; without it the passphrase does, and nothing is wiped', async () => {
    const link = new URL(await inviteLink());
    // WebAuthn knows names only, no addresses.
    link.hostname = 'localhost';
    const dora = await newPage();
    const devtools = await dora.context().newCDPSession(dora);
    await devtools.send('WebAuthn.enable');
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        hasPrf: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await dora.goto(link.href);
    await dora.check('#with-lock');
    await ask(dora, 'Dora, phone');
    await letIn(dora, 'Dora, phone');
    await dora.click('header .lock');
    await dora.click('button:has-text("fingerprint")');
    await dora.waitForSelector('nav');

    await dora.click('header .lock');
    await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
    await dora.click('button:has-text("fingerprint")');
    await dora.waitForSelector('#unlock-problem:has-text("Nothing was deleted")');
    await unlock(dora);
    await dora.waitForSelector('nav');
    await dora.context().close();
  });

  test('a tab of iOS asks to install first and leaves the invite unused; the installed app takes it by paste or scan', async () => {
    const link = await inviteLink();
    const tab = await newPage({ userAgent: IPHONE });
    await tab.addInitScript('Object.defineProperty(navigator, "standalone", { value: false })');
    await tab.goto(link);
    await tab.waitForSelector('[data-install]');
    expect(tab.url()).not.toContain('join');
    expect(await tab.locator('input').count()).toBe(0);
    await tab.click('button:has-text("Copy the invite link")');
    expect(await clipboard(tab)).toBe(link);
    await tab.context().close();

    const app = await newPage({ userAgent: IPHONE });
    await app.addInitScript('Object.defineProperty(navigator, "standalone", { value: true })');
    await app.addInitScript((found) => {
      const detect = async (view: HTMLVideoElement) => (view.videoWidth > 0 ? [{ rawValue: found }] : []);
      Object.assign(globalThis, {
        BarcodeDetector: class {
          detect = detect;
        },
      });
    }, link);
    await app.goto(`${lifeboat.site}bridge/`);
    await app.fill('#invite', link.slice(0, -9));
    await app.click('form button[type=submit]');
    await app.waitForSelector('#invite-problem:not(:empty)');
    await app.click('button:has-text("Scan a QR code")');
    await ask(app, 'Emil, iPhone');
    await letIn(app, 'Emil, iPhone');
    await app.context().close();
  });

  test('with every server frozen, a device is invited, asks and is let in by text alone', async () => {
    const newcomer = await newPage();
    await newcomer.goto(`${lifeboat.site}bridge/`);
    await newcomer.waitForSelector('#invite');
    await lifeboat.signalAll('SIGSTOP');
    try {
      await newcomer.fill('#invite', await inviteLink());
      await newcomer.click('form button[type=submit]');
      await ask(newcomer, 'Fay, laptop');
      await newcomer.click('button:has-text("Copy the request as text")');
      await newcomer.waitForSelector('[role=status]:has-text("Copied")');
      await ana.fill('#carried', `Please:\n${await clipboard(newcomer)}\nFay`);
      await ana.click('button:has-text("Take it in")');
      const asking = ana.locator('[data-newcomer]:has-text("Fay")');
      await asking.locator('button.primary').click();
      const letInFay = ana.locator('[data-let-in]:has-text("Fay")');
      await letInFay.locator('button').click();
      await letInFay.locator('[role=status]:has-text("Copied")').waitFor();
      await newcomer.fill('#carried', await clipboard(ana));
      await newcomer.click('button:has-text("Take it in")');
      await newcomer.waitForSelector('nav');
      await say(newcomer, 'In without any server.');
      expect(await textOf(newcomer)).toContain('Not for Cleo.');
    } finally {
      await lifeboat.signalAll('SIGCONT');
    }
    await waitForReceipts(newcomer, 'In without any server.', '2/2');
    await openScreen(ana, 'room');
    await ana.waitForSelector('[data-event]:has-text("In without any server.")');
  });
});
