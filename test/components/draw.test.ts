import { build } from 'esbuild';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { embedView } from '../../src/model/embed-view.ts';
import { statusView } from '../../src/model/page-view.ts';
import type { Reader, View } from '../../src/model/view.ts';
import { launchChromium } from '../browser/chromium.ts';
import { NOW, snapshot } from '../model/state-arbitraries.ts';
import type { differences as Differences } from './draw-in-browser.ts';
import { historyPage, recordPage, subscribePage } from './history-views.ts';

declare const differences: typeof Differences;

const ROUNDS = 30;
const PAIRS = 20;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const entryPoints = ['test/components/draw-in-browser.ts'];
  const jsx = { jsx: 'automatic', jsxImportSource: 'preact' } as const;
  const { outputFiles } = await build({ entryPoints, bundle: true, write: false, format: 'iife', ...jsx });
  browser = await launchChromium();
  page = await browser.newPage();
  await page.setContent('<!doctype html><title>test</title>');
  await page.evaluate(outputFiles[0]?.text ?? '');
});

afterAll(() => browser.close());

const reader: fc.Arbitrary<Reader> = fc.record({
  now: fc.integer({ min: -30, max: 30 }).map((minutes) => NOW + minutes * 60_000),
  ticking: fc.boolean(),
  timeZone: fc.constantFrom('Etc/UTC', 'Asia/Kolkata', null),
  copy: fc.record({
    source: fc.constantFrom('origin', 'mirror', 'relay', 'device'),
    host: fc.constantFrom(null, 'status.example'),
    received_at: fc.constantFrom(null, '2026-11-22T03:10:00.000Z'),
    verified: fc.boolean(),
  }),
  trouble: fc.constantFrom(null, 'unreachable', 'foreign', 'invalid', 'older'),
  skew: fc.constantFrom(null, 300_000),
  language: fc.constantFrom('en', 'pt-BR', 'es'),
  disagreement: fc.constantFrom(null, {
    host: 'mirror.example',
    generated_at: '2026-11-22T03:10:00.000Z',
    components: ['api'],
    incidents: ['incident0001'],
  }),
  opened: fc.dictionary(fc.constantFrom('money operational', 'money unknown', 'access major_outage'), fc.boolean()),
  day: fc.option(fc.record({ component: fc.constantFrom('api', 'cards'), index: fc.nat(120) }), { nil: null }),
});

const view: fc.Arbitrary<View> = fc
  .tuple(snapshot, reader, fc.integer({ min: 0, max: 7 }))
  .map(([state, who, kind]): View => {
    const { page } = state;
    if (kind === 0) return recordPage(state, who);
    if (kind === 1) return historyPage(state, who);
    if (kind === 2)
      return {
        type: 'opening',
        page,
        reason: who.ticking ? 'opening' : (who.trouble ?? 'unreachable'),
        small: state.seq % 2 === 0,
      };
    if (kind === 3) return { type: who.ticking ? 'offline' : 'missing', page };
    if (kind === 4) return embedView(state, who);
    if (kind === 5) return subscribePage(state, who);
    return statusView(state, who);
  });

test('drawing one page over the HTML of another gives the bytes that the server would write', {
  timeout: 240_000,
}, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const triples = fc.sample(fc.tuple(view, view, view), { numRuns: PAIRS, seed: round });
    const found = await page.evaluate(
      (all) => all.map(([a, b, again]) => differences(a, b, again)).find((difference) => difference !== null) ?? null,
      triples,
    );
    expect(found?.[0], `round ${round}`).toBe(found?.[1]);
  }
});
