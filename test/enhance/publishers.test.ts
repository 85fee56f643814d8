import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { publicKeyOf, signEvent } from '../../src/log/event.ts';
import { canonical, type Json } from '../../src/model/canonical.ts';
import { chainName, KIND, type SignedEvent } from '../../src/model/event.ts';
import type { Site } from '../../src/model/site.ts';
import type { ComponentStatus } from '../../src/model/status.ts';
import { fileBrowser } from './file-browser.ts';
import { eventually, headline, type Published, publishSite, serveText, settled } from './reader.ts';
import { signedAnew } from './signed-anew.ts';

const SNAPSHOT = 'api/lifeboat/v1/snapshot.json';
const key = (n: number) => new Uint8Array(32).fill(n);
// The harbour's root and its publisher; the second publisher is this file's.
const [ROOT, FIRST, SECOND] = [key(1), key(5), key(6)];

const browser = fileBrowser();

/** The root says who publishes. */
function roster(site: Published, statement: object): SignedEvent {
  const empty = { v: 1, gen: 0, grants: [], removes: [], invites: [], set: {}, purges: [] };
  const content = canonical({ ...empty, ...statement } as Json);
  const tags = [
    ['o', site.log.org],
    ['d', chainName.roster(site.log.org)],
  ];
  return signEvent({ kind: KIND.roster, created_at: 1_790_000_001, tags, content }, ROOT);
}

const grant = { grants: [{ pk: publicKeyOf(SECOND), member: 'publisher 2', roles: ['publisher'] }] };

/** What the second publisher says: the newest of the first, signed a moment later, with another status of the cards. */
const secondWord = (first: string, cards: ComponentStatus) => signedAnew(first, SECOND, 1, cards);

/** A site whose mirror is written by somebody else, and a reader who has just opened it. */
async function withOtherMirror(
  changes: Partial<Site> = {},
): Promise<{ site: Published; page: Page; said: Record<string, string> }> {
  const said: Record<string, string> = {};
  const answer = (path: string) => Object.entries(said).find(([end]) => path.endsWith(end))?.[1] ?? '{}';
  const mirror = browser.closeAfter(await serveText(answer));
  const site = browser.closeAfter(await publishSite({ mirrors: [mirror.url], ...changes }));
  const page = await browser.newPage({ serviceWorkers: 'block' });
  return { site, page, said };
}

test('two live publishers that contradict each other are said to, and the newer one is shown', async () => {
  const { site, page, said } = await withOtherMirror();
  await site.log.add([roster(site, grant)]);
  await site.publisher.publishNow();
  const first = await readFile(join(site.out, SNAPSHOT), 'utf8');
  said['snapshot.json'] = secondWord(first, 'major_outage');
  await page.goto(site.url);
  await page.locator('[data-source=mirror]').waitFor({ timeout: 15_000 });
  expect(await headline(page)).toMatchObject({ status: 'major_outage' });
  // Not at the first sight of it: the other one may merely be late.
  const line = page.locator('[data-disagreement]');
  await line.waitFor({ timeout: 40_000 });
  expect(await line.innerText()).toContain(new URL(site.url).host);
  expect(await line.innerText()).toContain('Card payments');
});

test.each(['history/', 'embed/'])('a contradiction is told at /%s too, in its words', async (path) => {
  const { site, page, said } = await withOtherMirror();
  await site.log.add([roster(site, grant)]);
  await site.publisher.publishNow();
  const first = await readFile(join(site.out, SNAPSHOT), 'utf8');
  said['snapshot.json'] = secondWord(first, 'major_outage');
  await page.goto(site.url + path);
  const line = page.locator('[data-disagreement]');
  await line.waitFor({ timeout: 40_000 });
  const words = path === 'embed/' ? /^Two sources disagree$/ : /says something else of: Card payments\.$/;
  expect(await line.innerText()).toMatch(words);
});

test('a second publisher of the same mind is no reason to leave the origin', async () => {
  const { site, page, said } = await withOtherMirror();
  await site.log.add([roster(site, grant)]);
  await site.publisher.publishNow();
  said['snapshot.json'] = secondWord(await readFile(join(site.out, SNAPSHOT), 'utf8'), 'operational');
  const heard = page.waitForResponse(
    (response) => !response.url().startsWith(site.url) && response.url().endsWith('snapshot.json'),
  );
  await page.goto(site.url);
  await page.locator('[data-source=origin][data-verified=true]').waitFor({ timeout: 15_000 });
  await (await heard).finished();
  expect(await page.locator('[data-source]').getAttribute('data-source')).toBe('origin');
});

test('a removed publisher is believed no longer, although its own host keeps silent about the removal', async () => {
  const { site, page, said } = await withOtherMirror();
  await page.goto(site.url);
  await page.locator('[data-source=origin][data-verified=true]').waitFor({ timeout: 15_000 });
  const kept = await readFile(join(site.out, 'api/lifeboat/v1/roster.json'), 'utf8');
  const removal = roster(site, { ...grant, removes: [{ pk: publicKeyOf(FIRST), cut: {} }] });
  said['roster.json'] = JSON.stringify([...(JSON.parse(kept) as SignedEvent[]), removal]);
  said['snapshot.json'] = secondWord(await readFile(join(site.out, SNAPSHOT), 'utf8'), 'major_outage');
  // Long after, as far as this device remembers.
  await page.evaluate(() => {
    const known = JSON.parse(localStorage.getItem('lifeboat:publishers') ?? '{}') as object;
    localStorage.setItem('lifeboat:publishers', JSON.stringify({ ...known, checked_at: 0 }));
  });
  await page.reload();
  await page.locator('[data-source=mirror]').waitFor({ timeout: 20_000 });
  expect(await headline(page)).toMatchObject({ status: 'major_outage' });
  // And it stays so: an old roster served again takes no removal back.
  said['snapshot.json'] = '{}';
  said['roster.json'] = kept;
  await page.reload();
  await page.locator('[data-trouble=invalid]').waitFor({ timeout: 15_000 });
  await eventually(() => headline(page)).toMatchObject({ status: 'major_outage' });
});

test.each([
  ['nobody', {}],
  ['another', grant],
] as const)('of a removed publisher nothing is shown again, with %s in its place', async (_, granted) => {
  const said: Record<string, string> = {};
  const answer = (path: string) => Object.entries(said).find(([end]) => path.endsWith(end))?.[1] ?? '{}';
  const mirror = browser.closeAfter(await serveText(answer));
  const site = browser.closeAfter(await publishSite({ mirrors: [mirror.url] }));
  const page = await browser.newPage();
  await page.goto(site.url);
  await settled(page);
  const kept = await readFile(join(site.out, 'api/lifeboat/v1/roster.json'), 'utf8');
  const removal = roster(site, { ...granted, removes: [{ pk: publicKeyOf(FIRST), cut: {} }] });
  said['roster.json'] = JSON.stringify([...(JSON.parse(kept) as SignedEvent[]), removal]);
  await page.evaluate(() => {
    const known = JSON.parse(localStorage.getItem('lifeboat:publishers') ?? '{}') as object;
    localStorage.setItem('lifeboat:publishers', JSON.stringify({ ...known, checked_at: 0 }));
  });
  await page.reload();
  await page.getByText('the one that answered did not verify').waitFor({ timeout: 20_000 });
  await page.addInitScript(() => {
    const shown: (string | null | undefined)[] = [];
    Object.assign(window, { shown });
    const look = () => shown.push(document.querySelector('[role=status]')?.getAttribute('data-status'));
    new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
  });
  const shown = () => page.evaluate(() => (window as unknown as { shown: string[] }).shown);
  for (const how of ['stay', 'freeze'] as const) {
    if (how === 'freeze') await site.replaceHost('freeze');
    await page.reload();
    await page.getByText('No copy of this page is on this device yet').waitFor({ timeout: 20_000 });
    expect(await shown()).not.toContain('operational');
  }
  // Nor when the device has forgotten who may publish: the copies themselves are gone.
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await page.getByText('No copy of this page is on this device yet').waitFor({ timeout: 20_000 });
  expect(await shown()).not.toContain('operational');
});

test('a page that a clock a day ahead was opened by hears the others as often, once that clock was put right', async () => {
  // So long that the origin's word is fresh all the time: then nothing else asks the mirror.
  const { site, page } = await withOtherMirror({ valid_for_ms: 900_000 });
  await page.clock.install({ time: Date.now() + 86_400_000 });
  await page.goto(site.url);
  await page.locator('[data-verified=true]').waitFor();
  await page.clock.setSystemTime(Date.now());
  await eventually(() => headline(page)).toMatchObject({ status: 'operational' });
  const heard = page.waitForRequest((request) => !request.url().startsWith(site.url), { timeout: 15_000 });
  await page.clock.fastForward('05:30');
  await heard;
});
