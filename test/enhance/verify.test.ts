import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { publicKeyOf } from '../../src/log/event.ts';
import { LOG_FILE } from '../../src/log/published/texts.ts';
import { type Host, startHost } from '../../src/node/host/host.ts';
import { assembleSite } from '../../src/node/publish/assemble.ts';
import { writeWhole } from '../../src/node/publish/atomic.ts';
import { buildSite } from '../../src/node/publish/build.ts';
import { type Files, KEYS, NOW, publish, pulse, ROOT, Scribe } from '../log/published/record.ts';
import { site } from '../node/publish/harbour.ts';
import { complaintsOf, fileBrowser } from './file-browser.ts';
import { eventually, settled } from './reader.ts';

declare const window: { axe: typeof axe };
const browser = fileBrowser();
let dist: string;
const hosts: Host[] = [];
const folders: string[] = [];

beforeAll(async () => {
  dist = await buildSite();
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** Serves the data files within the built site. */
async function serve(files: Files, mirrors: readonly string[] = []): Promise<Host> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-verify-'));
  folders.push(folder);
  await assembleSite(dist, folder, { ...site, mirrors }, ROOT);
  for (const [path, text] of files) await writeWhole(folder, path, text);
  const host = await startHost({ folder, port: 0, host: '127.0.0.1' });
  hosts.push(host);
  return host;
}

async function openPage(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: readonly string[] }> {
  const page = await browser.newPage(options);
  await page.clock.setFixedTime(NOW + 1_000);
  return { page, complaints: complaintsOf(page) };
}

/** Waits for the answer, and gives what became of each step. */
async function results(page: Page, verdict: string): Promise<Record<string, string | null>> {
  await page.locator(`[data-verdict=${verdict}]`).waitFor({ timeout: 15_000 });
  const steps = await page.locator('[data-check]').all();
  const pairs = await Promise.all(
    steps.map(async (step) => [await step.getAttribute('data-check'), await step.getAttribute('data-result')]),
  );
  return Object.fromEntries(pairs);
}

const RIGHT = Object.fromEntries(
  ['signatures', 'roster', 'snapshot', 'parts', 'state', 'files'].map((name) => [name, 'right']),
);

/** An incident with a correction and a retraction, and a key that was removed and went on writing. */
function story(): Scribe {
  const scribe = new Scribe();
  scribe.incident('commander', 'investigating', 'Cards are failing.');
  const wrong = scribe.incident('commander', 'identified', 'A dsik is full.');
  scribe.incident('commander', 'identified', 'A disk is full.', { corrects: wrong.id });
  const hasty = scribe.incident('responder', 'resolved', 'All is well.');
  scribe.say('commander', 'incident.retract', { incident: 'abc123abc123', update: hasty.id, reason: 'Too early.' });
  const cut = { 'lb1:status': [] };
  scribe.roster({ removes: [{ pk: publicKeyOf(KEYS.responder), cut }] });
  return scribe;
}

/** One bit of the log is another. */
function damaged(files: Files): Files {
  const log = files.get(LOG_FILE) ?? '';
  return new Map([...files, [LOG_FILE, log.replace('Cards are failing.', 'Cards are failing,')]]);
}

/** The curve's generator: whoever checks a signature needs it. */
const CURVE = /79be667ef9dcbbac/i;

describe('/verify/', () => {
  test('checks each step on the device, tells the history and both texts of what was corrected, and asks no other host', async () => {
    const { url } = await serve(publish(story(), [pulse()]));
    const { page, complaints } = await openPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await page.goto(`${url}verify/`);
    expect(await results(page, 'right')).toEqual(RIGHT);
    expect(await page.getByRole('status').first().textContent()).toBe('✓ All that was checked is right');
    expect(await page.locator('[data-check=signatures]').textContent()).toMatch(/✓ Right.*\d+ signed events/);
    expect(await page.locator(`[data-publisher="${publicKeyOf(KEYS.publisher)}"] [data-page]`).count()).toBe(1);
    expect(await page.locator('[data-retold]').allTextContents()).toEqual([
      expect.stringMatching(/Now.*A disk is full\..*Before.*A dsik is full\./),
    ]);
    expect(await page.locator('[data-beyond-cut]').getAttribute('data-beyond-cut')).toBe('1');
    expect(await page.locator('main').textContent()).toContain('The script itself, and the pages as HTML');
    expect([...new Set(asked)]).toEqual([new URL(url).origin]);
    expect(complaints).toEqual([]);
  });

  test('gives the command that checks from outside, and copies it by keyboard', async () => {
    const { url } = await serve(publish(story(), [pulse()]));
    const { page } = await openPage({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(`${url}verify/`);
    await results(page, 'right');
    await page.locator('[data-copy-command]').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Copied', { exact: true }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`npx lifeboat verify --org ${ROOT} ${url}`);
  });

  test('names file and line of a byte that was changed, and claims nothing that rests on it', async () => {
    const { url } = await serve(damaged(publish(story(), [pulse()])));
    const { page } = await openPage();
    await page.goto(`${url}verify/`);
    const unchecked = Object.fromEntries(Object.keys(RIGHT).map((name) => [name, 'unchecked']));
    expect(await results(page, 'wrong')).toEqual({ ...unchecked, signatures: 'wrong' });
    expect(await page.locator('[data-check=signatures]').textContent()).toContain(
      '/log/public.jsonl, line 3: its id does not fit its content.',
    );
    expect(await page.locator('[data-check=state]').textContent()).toContain('rests on a step above');
  });

  test('refuses a snapshot by a publisher that was removed', async () => {
    const scribe = story();
    scribe.roster({ removes: [{ pk: publicKeyOf(KEYS.publisher), cut: {} }] });
    const { url } = await serve(publish(scribe, [pulse()]));
    const { page } = await openPage();
    await page.goto(`${url}verify/`);
    expect(await results(page, 'wrong')).toMatchObject({
      signatures: 'right',
      roster: 'right',
      snapshot: 'wrong',
      state: 'unchecked',
    });
    expect(await page.locator('[data-check=snapshot]').textContent()).toContain('was removed');
  });

  test('says that two publishers signed, and where their last states differ', async () => {
    const scribe = story();
    publish(scribe, [pulse('major_outage')], 'second');
    const { url } = await serve(publish(scribe, [pulse()]));
    const { page } = await openPage();
    await page.goto(`${url}verify/`);
    await results(page, 'right');
    expect(await page.locator('[data-publishers]').getAttribute('data-publishers')).toBe('2');
    expect(await page.locator('[data-agree]').getAttribute('data-agree')).toBe('false');
    expect(await page.locator('.differ li').count()).toBe(2);
    expect(await page.locator('[data-publisher][data-live=true]').count()).toBe(2);
  });

  test('shows a long history a page at a time', async () => {
    const scribe = story();
    for (let seq = 1; seq <= 44; seq++)
      scribe.say('publisher', 'page', { seq, state_sha256: String(seq).padStart(64, '0') });
    const { url } = await serve(publish(scribe, [pulse()]));
    const { page } = await openPage();
    await page.goto(`${url}verify/`);
    await results(page, 'right');
    const shown = () =>
      page.locator('[data-page]').evaluateAll((all) => all.map((one) => one.getAttribute('data-page')));
    expect((await shown()).slice(0, 2)).toEqual([String(NOW / 1000), '44']);
    for (const _ of [1, 2]) await page.getByRole('button', { name: 'Older' }).click();
    expect(await shown()).toEqual(['5', '4', '3', '2', '1']);
    expect(await page.getByRole('button', { name: 'Older' }).isDisabled()).toBe(true);
  });

  test('checks a mirror instead where its reader chooses one', async () => {
    const files = publish(story(), [pulse()]);
    const mirror = await serve(damaged(files));
    const { url } = await serve(files, [mirror.url]);
    const { page } = await openPage();
    await page.goto(`${url}verify/`);
    await results(page, 'right');
    await page.getByLabel(new URL(mirror.url).host, { exact: false }).check();
    expect(await results(page, 'wrong')).toMatchObject({ signatures: 'wrong' });
    expect(await page.locator('.command').textContent()).toContain(mirror.url);
  });

  test('checks in a thread that ends with the check, and holds none of that code itself', async () => {
    const { url } = await serve(publish(story(), [pulse()]));
    const { page } = await openPage({ serviceWorkers: 'block' });
    const scripts = new Map<string, Promise<string>>();
    page.on('response', (answer) => answer.url().endsWith('.js') && scripts.set(answer.url(), answer.text()));
    await page.goto(`${url}verify/`);
    expect(await results(page, 'right')).toEqual(RIGHT);
    const texts = await Promise.all(
      [...scripts].map(async ([url, text]) => [new URL(url).pathname, await text] as const),
    );
    const checking = texts.filter(([, text]) => CURVE.test(text)).map(([path]) => path.replace(/-.{8}\.js$/, ''));
    expect(checking.toSorted()).toEqual(['/_astro/record-thread', '/_astro/verify-worker']);
    // The browser says a moment later that a thread is gone.
    await eventually(() => page.workers()).toEqual([]);
  });

  test.each(['refuses', 'never answers'] as const)('a browser whose thread %s checks on the page', async (how) => {
    const { url } = await serve(publish(story(), [pulse()]));
    const { page, complaints } = await openPage({ serviceWorkers: 'block' });
    await page.clock.install({ time: NOW + 1_000 });
    const asked = new Promise<void>((resolve) => {
      void page.route('**/_astro/record-thread*.js', (route) => {
        resolve();
        return how === 'refuses' ? route.abort() : undefined;
      });
    });
    await page.goto(`${url}verify/`);
    await asked;
    if (how === 'never answers') await page.clock.fastForward('00:10');
    expect(await results(page, 'right')).toEqual(RIGHT);
    expect(complaints).toEqual([]);
  });

  test('says that the check did not end where neither a thread nor its code ever comes', async () => {
    const { url } = await serve(publish(story(), [pulse()]));
    const { page } = await openPage({ serviceWorkers: 'block' });
    await page.clock.install({ time: NOW + 1_000 });
    await page.route('**/_astro/record-thread*.js', (route) => route.abort());
    const asked = new Promise<void>((resolve) => {
      void page.route('**/_astro/record-check*.js', () => resolve());
    });
    await page.goto(`${url}verify/`);
    await asked;
    await page.clock.fastForward('00:10');
    await page.locator('[data-verdict=unchecked]').waitFor({ timeout: 15_000 });
  });

  test.each(['in its thread', 'on the page'] as const)(
    'a check that runs %s ends once another is wanted',
    async (where) => {
      const files = publish(story(), [pulse()]);
      const mirror = await serve(files);
      const { url } = await serve(damaged(files), [mirror.url]);
      const { page, complaints } = await openPage({ serviceWorkers: 'block' });
      if (where === 'on the page') await page.route('**/_astro/record-thread*.js', (route) => route.abort());
      let answer: () => void = () => {};
      await page.route(`${url}log/public.jsonl`, async (route) => {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        await route.continue();
      });
      const asked = page.waitForRequest(`${url}log/public.jsonl`);
      await page.goto(`${url}verify/`);
      await asked;
      await page.getByLabel(new URL(mirror.url).host, { exact: false }).check();
      await results(page, 'right');
      const late = page.waitForResponse(`${url}log/public.jsonl`);
      answer();
      await (await late).finished();
      expect(await results(page, 'right')).toEqual(RIGHT);
      await eventually(() => page.workers()).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  test('without a network says that it checked the copy on this device, and that the log could not be had', async () => {
    const host = await serve(publish(story(), [pulse()]));
    const { page } = await openPage();
    await page.goto(`${host.url}shell/status/`);
    await settled(page);
    await host.close();
    await page.goto(`${host.url}verify/`);
    expect(await results(page, 'held')).toMatchObject({
      'held-signature': 'right',
      'held-publisher': 'right',
      signatures: 'unchecked',
      state: 'unchecked',
    });
    expect(await page.locator('[data-check=signatures]').textContent()).toContain('could not be fetched');
  });

  test('speaks the language of its reader, and says without a script how to check', async () => {
    const { url } = await serve(damaged(publish(story(), [pulse()])));
    const spanish = await openPage({ locale: 'es-CL' });
    await spanish.page.goto(`${url}verify/`);
    await results(spanish.page, 'wrong');
    expect(await spanish.page.locator('html').getAttribute('lang')).toBe('es');
    expect(await spanish.page.locator('[data-check=signatures]').textContent()).toContain(
      'su id no corresponde a su contenido',
    );
    await spanish.page.getByRole('button', { name: 'Português' }).click();
    await spanish.page.getByText('✗ Errado').waitFor();
    const plain = await openPage({ javaScriptEnabled: false });
    await plain.page.goto(`${url}verify/`);
    expect(await plain.page.locator('main').textContent()).toContain('needs JavaScript');
    expect(await plain.page.locator('.command').textContent()).toContain(ROOT);
  });

  test.each(['light', 'dark'] as const)(
    'gives axe nothing to find (%s), right, wrong or unfinished',
    async (colorScheme) => {
      const files = publish(story(), [pulse()]);
      const mirror = await serve(damaged(files));
      const { url } = await serve(files, [mirror.url]);
      const { page } = await openPage({ colorScheme, viewport: { width: 390, height: 844 } });
      await page.goto(`${url}verify/`);
      await results(page, 'right');
      expect(await violations(page)).toEqual([]);
      await page.getByLabel(new URL(mirror.url).host, { exact: false }).check();
      await results(page, 'wrong');
      expect(await violations(page)).toEqual([]);
      const plain = await openPage({ colorScheme });
      await plain.page.route('**/public.jsonl', () => {});
      await plain.page.goto(`${url}verify/`);
      await plain.page.locator('[data-verdict=running]').waitFor();
      expect(await violations(plain.page)).toEqual([]);
    },
  );
});

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => window.axe.run());
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
