import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canonical } from '../../../src/model/canonical.ts';
import { isoTime } from '../../../src/model/clock.ts';
import { chainName, KIND, type SignedEvent } from '../../../src/model/event.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { type Published, publishSite } from '../../enhance/reader.ts';
import { site as base, PUBLISHER } from './harbour.ts';

const LONG_AGO = isoTime(Date.now() - 3_600_000);
const WATCHER = new Uint8Array(32).fill(3);
const [first] = base.components;
if (first === undefined) throw new Error('The harbour has no component.');
const components = Array.from({ length: 300 }, (_, n) => ({
  ...first,
  id: `pier-${n}`,
  name: `Pier ${n} of a very large harbour`,
}));

let site: Published;

beforeEach(async () => {
  site = await publishSite({ components });
});
afterEach(() => site.close());

/** The watcher sees everything well, and believes what it saw for `seconds`. */
async function allIsWell(seconds: number): Promise<void> {
  const at = isoTime(Date.now());
  const seen = { status: 'operational' as const, checked_at: at, changed_at: LONG_AGO, detail: null };
  const observations = components.map(({ id }) => ({ subject: `component:${id}`, ...seen }));
  const valid_until = isoTime(Date.now() + seconds * 1_000);
  const content = canonical({ v: 1, vantage: 'north', at, valid_until, observations });
  site.log.unlock(WATCHER);
  await site.log.announce({ kind: KIND.pulse, d: chainName.pulse(site.log.org, 'north'), content });
  site.log.unlock(PUBLISHER);
}

async function printed(): Promise<{ readonly snapshot: Snapshot; readonly until: number; readonly html: string }> {
  const html = await readFile(join(site.out, 'index.html'), 'utf8');
  const event = JSON.parse(await readFile(join(site.out, 'api/lifeboat/v1/snapshot.json'), 'utf8')) as SignedEvent;
  return { snapshot: JSON.parse(event.content) as Snapshot, until: Number(/data-until="(\d+)"/.exec(html)?.[1]), html };
}

test('green HTML lasts no longer than the word of the components that it leaves out; trouble as long as its snapshot', async () => {
  await allIsWell(60);
  await site.publisher.publishNow();
  const green = await printed();
  expect(green.html).toMatch(
    /data-status="operational" data-freshness|data-freshness="fresh"[^>]*data-status="operational"/,
  );
  expect(isoTime(green.until)).toBe(green.snapshot.state.left_out?.valid_until);
  expect(green.until).toBeLessThan(Date.parse(green.snapshot.valid_until));
  await site.post('investigating', 'Cards fail.');
  await site.publisher.publishNow();
  const trouble = await printed();
  expect(isoTime(trouble.until)).toBe(trouble.snapshot.valid_until);
});

test('later checks with the same answers leave no word in the public log', async () => {
  const told = () =>
    site.log.events().filter(({ kind, content }) => kind === KIND.public && content.includes('"type":"page"')).length;
  await allIsWell(60);
  const { state } = await site.publisher.publishNow();
  const before = told();
  await allIsWell(90);
  const later = (await site.publisher.publishNow()).state;
  expect(later.left_out?.components).toBeGreaterThan(0);
  expect(later.left_out?.valid_until).not.toBe(state.left_out?.valid_until);
  expect(told()).toBe(before);
});
