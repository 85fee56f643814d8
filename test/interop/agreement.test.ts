import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import type { SignedEvent } from '../../src/model/event.ts';
import { launchChromium } from '../browser/chromium.ts';
import {
  admin,
  firstRoster,
  responder,
  root,
  sealed,
  sign,
  stranger,
  TIME,
  update,
} from '../node/relay/organisation.ts';
import { type Judgement, judgementOf } from './judgement.ts';

/** Texts in which languages and engines like to differ. */
const STRANGE = [
  '\u007f\u0085\u2028\u2029',
  'é vs e\u0301',
  '😀 \ud83d\ude00',
  '"\\/\b\f\n\r\t',
  '\u0000\u001b[31m',
  'ﬁ ẞ İ',
];

async function inChromium(code: string, texts: readonly string[]): Promise<Judgement> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.evaluate(code);
    return await page.evaluate(`judgement.judgementOf(${JSON.stringify(texts)}, ${JSON.stringify(root.pk)})`);
  } finally {
    await browser.close();
  }
}

/** The event with one bit of its JSON turned: most are no event any more, and both engines must say the same of why. */
function turned(event: SignedEvent, position: number): readonly string[] {
  const bytes = Buffer.from(JSON.stringify(event));
  const at = position % bytes.length;
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (position % 7));
  const text = bytes.toString('utf8');
  try {
    JSON.parse(text);
    return [text];
  } catch {
    // No JSON at all: that is refused before anybody verifies.
    return [];
  }
}

test('Node and the browser judge the same events alike, and export the same bytes', async () => {
  const strange = STRANGE.map((text, n) => update(responder, text.toWellFormed(), { created_at: TIME + n }));
  const foreign = [update(stranger, 'nobody'), sealed(admin), sign(admin, { kind: 5, content: '' })];
  const events = [firstRoster, ...strange, ...foreign];
  const mutants = events.flatMap((event, at) =>
    Array.from({ length: 40 }, (_, n) => turned(event, n * 97 + at)).flat(),
  );
  const odd = [
    'null',
    '[]',
    '{"__proto__":{"id":1}}',
    `{"kind":1e400}`,
    JSON.stringify({ ...firstRoster, kind: 3911.5 }),
  ];
  const texts = [...events.map((event) => JSON.stringify(event)), ...mutants, ...odd];

  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'judgement.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'judgement',
    footer: { js: 'globalThis.judgement = judgement;' },
  });
  const here = judgementOf(texts, root.pk);
  const there = await inChromium(outputFiles[0]?.text ?? '', texts.toReversed());

  expect(there.verdicts.toReversed()).toEqual(here.verdicts);
  expect({ ...there, verdicts: [] }).toEqual({ ...here, verdicts: [] });
  expect(here.verdicts.filter((verdict) => verdict === 'ok')).toHaveLength(events.length);
  expect(here.verdicts.length).toBeGreaterThan(200);
});
