import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PublicIncident, PublicMaintenance, Snapshot } from '../../src/model/snapshot.ts';
import { eventually } from '../enhance/reader.ts';
import { runCommand } from '../node/people/command-line.ts';
import { launchChromium } from './chromium.ts';
import { type RunningLifeboat, startLifeboat } from './lifeboat.ts';
import { enrol, openScreen } from './members.ts';

declare const window: { axe: typeof axe };
const ZONE = 'America/Sao_Paulo';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One author's way through the public page: each test stands on the ones before. */
describe('authors of the public page', () => {
  let lifeboat: RunningLifeboat;
  let browser: Browser;
  let page: Page;
  let code = '';

  beforeAll(async () => {
    lifeboat = await startLifeboat();
    browser = await launchChromium();
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, timezoneId: ZONE });
    page = await context.newPage();
    await enrol(page, lifeboat.bridge, 'Ana, phone');
    await openScreen(page, 'post');
  });
  afterAll(async () => {
    await browser?.close();
    await lifeboat?.destroy();
  });

  /** Light and dark: axe finds nothing, and nothing stands out of the side of a phone. */
  async function expectAccessible(what: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(axe.source);
      const found = await page.evaluate(() => window.axe.run());
      const violations = found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      expect([what, colorScheme, violations]).toEqual([what, colorScheme, []]);
    }
    expect([what, await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)]).toEqual([what, 0]);
  }

  /** The minute `ms` from now on as the field of a device in ZONE wants it, and as it is signed. */
  function minute(ms: number): { readonly field: string; readonly iso: string } {
    const time = new Date(Math.floor((Date.now() + ms) / 60_000) * 60_000);
    const field = time.toLocaleString('sv-SE', { timeZone: ZONE }).slice(0, 16).replace(' ', 'T');
    return { field, iso: time.toISOString() };
  }

  /** Fills fields before the page can draw again between them, as dictation and form fillers do. */
  const fillAtOnce = (fields: Readonly<Record<string, string>>) =>
    page.evaluate((texts) => {
      for (const [selector, text] of Object.entries(texts)) {
        const field = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
        if (field === null) throw new Error(`The form has no ${selector}.`);
        field.value = text;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
    }, fields);

  const publish = async () => {
    await page.click('form button[type=submit]');
    await page.click('.row button.primary');
    await seen();
  };
  // What the front page does not show is published with the next round, every 30 s.
  const seen = () => page.waitForSelector('[data-live=true]', { timeout: 50_000 });
  const another = () => page.click('button:has-text("Post another update")');
  const unfold = () => page.click(`[data-said="${code}"] summary`);
  const problem = () => page.locator('#post-problem').innerText();

  async function state(): Promise<Snapshot['state']> {
    const answer = await fetch(`${lifeboat.site}api/lifeboat/v1/snapshot.json`);
    const { content } = (await answer.json()) as { content: string };
    return (JSON.parse(content) as Snapshot).state;
  }
  async function maintenance(): Promise<PublicMaintenance> {
    const found = (await state()).maintenances.find((one) => one.code === code);
    if (found === undefined) throw new Error(`The page has no maintenance ${code}.`);
    return found;
  }

  test('a maintenance is scheduled from a template, once all in it is filled in and its times are in order', async () => {
    await page.check('input[name=kind][value=maintenance]', { force: true });
    await page.waitForSelector('#template option:has-text("Maintenance is planned")', { state: 'attached' });
    await page.selectOption('#template', { label: 'Maintenance is planned' });
    const [from, until] = [minute(DAY), minute(DAY + 2 * HOUR)];
    await page.fill('#from', from.field);
    await page.fill('#until', from.field);
    await eventually(problem).toContain('The end must be later');
    await page.fill('#until', until.field);
    expect(await page.locator('#until-utc').innerText()).toBe(`${until.iso.slice(0, 16).replace('T', ' ')} UTC`);
    expect(await page.locator('#zone').innerText()).toContain(ZONE);
    await eventually(problem).toContain('<component>');
    expect(await page.locator('form button[type=submit]').isDisabled()).toBe(true);
    await page.check('input[name=worked-on-ledger]');
    await page.fill('#incident-name', 'Ledger works');
    await page.fill('#text', 'No payouts meanwhile.');
    await eventually(problem).toContain('<componente>');
    await fillAtOnce({
      '#name-es': 'Obras en el libro',
      '#text-es': 'Sin pagos mientras tanto.',
      '#name-pt-BR': '',
      '#text-pt-BR': '',
    });
    await expectAccessible('maintenance form');
    await page.click('form button[type=submit]');
    await page.waitForSelector('.preview .span');
    await expectAccessible('maintenance preview');
    await page.click('.row button.primary');
    await seen();
    const [stated] = (await state()).maintenances;
    code = stated?.code ?? '';
    expect(stated).toMatchObject({
      name: 'Ledger works',
      status: 'scheduled',
      impact: 'maintenance',
      scheduled_for: from.iso,
      scheduled_until: until.iso,
      components: ['ledger'],
      updates: [
        { lang: 'en', translations: [{ lang: 'es', name: 'Obras en el libro', text: 'Sin pagos mientras tanto.' }] },
      ],
    });
  });

  test('it begins: the component is under maintenance', async () => {
    await another();
    await page.check('input[name=kind][value=maintenance]', { force: true });
    await page.selectOption('#incident', code);
    await page.selectOption('#incident-status', 'in_progress');
    await page.fill('#text', 'We have bgun.');
    await publish();
    expect((await state()).components.find(({ id }) => id === 'ledger')?.status).toBe('under_maintenance');
  });

  test('a text is corrected: the page has the new one and the old one', async () => {
    await unfold();
    await page.click('button[aria-label*="We have bgun."]:has-text("Correct")');
    await page.fill('#text', 'We have begun.');
    await expectAccessible('correction');
    await page.click('form button[type=submit]');
    await page.waitForSelector('.preview .earlier:has-text("We have bgun.")');
    await page.click('.row button.primary');
    await seen();
    expect(await maintenance()).toMatchObject({
      status: 'in_progress',
      updates: [{ text: 'We have begun.', corrected: [{ text: 'We have bgun.' }] }, { text: 'No payouts meanwhile.' }],
    });
  });

  test('an update is taken back with a reason: the maintenance is planned again', async () => {
    await unfold();
    await page.click('button[aria-label*="We have begun."]:has-text("Take back")');
    expect(await page.locator('#retract-then').innerText()).toContain('Scheduled');
    await page.fill('#reason', 'We wait for the bank.');
    await expectAccessible('retraction');
    await page.click('button.danger:has-text("Take it back")');
    await seen();
    expect(await maintenance()).toMatchObject({
      status: 'scheduled',
      updates: [{ text: 'We have begun.', retracted: { reason: 'We wait for the bank.' } }, {}],
    });
    await unfold();
    await page.waitForSelector('[data-said] s:has-text("We have begun.")');
    await expectAccessible('what stands in public');
  });

  test('what happened a month ago is dated back, and found in its own file, since the front page has no room for it', async () => {
    await another();
    const then = minute(-30 * DAY);
    await page.fill('#incident-name', 'Cards failed');
    await page.selectOption('#incident-status', 'resolved');
    await page.fill('#text', 'For ten minutes some cards failed.');
    await page.check('#happened');
    await eventually(problem).toBe('Say when it happened.');
    await page.fill('#happened-at', then.field);
    await publish();
    const link = (await page.getAttribute('a.button[href^="/incidents/"]', 'href')) ?? '';
    expect((await state()).recent).toEqual([]);
    const path = link.replace(/^\/incidents\/(\w+)\/$/, 'api/lifeboat/v1/incidents/$1.json');
    const file = (await (await fetch(lifeboat.site + path)).json()) as PublicIncident;
    expect(file).toMatchObject({ started_at: then.iso, updates: [{ at: then.iso, written_at: expect.any(String) }] });
  });

  test('what another device says meanwhile is not undone: its author sees it, and keeps the words', async () => {
    await another();
    await page.check('input[name=kind][value=maintenance]', { force: true });
    await page.selectOption('#incident', code);
    await page.fill('#text', 'Half of it is done.');
    await eventually(problem).toBe('');
    const post = ['post', '--dir', lifeboat.dir, '--site', lifeboat.site, '--maintenance', code];
    expect((await runCommand(...post, '--component', 'webhooks', '--text', 'Webhooks too.')).code).toBe(0);
    await eventually(problem).toContain('Somebody else has posted on this since you began');
    await expectAccessible('somebody else has posted');
    await page.click('button:has-text("Take over what stands now")');
    await eventually(problem).toBe('');
    expect(await page.isChecked('input[name=worked-on-webhooks]')).toBe(true);
    expect(await page.inputValue('#text')).toBe('Half of it is done.');
  });

  test('a component is set by hand, and the page says so', async () => {
    await page.selectOption('#set-id', 'webhooks');
    await page.selectOption('#set-status', 'degraded_performance');
    await page.click('button:has-text("Say so in public")');
    await page.waitForSelector('p:has-text("Your update: Webhooks")');
    await seen();
    expect((await state()).components.find(({ id }) => id === 'webhooks')?.status).toBe('degraded_performance');
    await openScreen(page, 'room');
    await page.waitForSelector('[data-event]:has-text("Said in public of")');
    await page.waitForSelector('[data-event]:has-text("We wait for the bank.")');
    await expectAccessible('room');
  });
});
