import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isoTime } from '../../../src/model/clock.ts';
import type { SignedEvent } from '../../../src/model/event.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { buildSite } from '../../../src/node/publish/build.ts';
import { type Publisher, startPublisher } from '../../../src/node/publish/publisher.ts';
import { type Couriers, startCouriers } from '../../../src/node/publish/target/couriers.ts';
import { jsonOf, lifeboat } from '../people/command-line.ts';
import { type Harbour, openHarbour, site } from './harbour.ts';
import { readSite } from './whole-site.ts';

const CARD = '4111-1111-1111-1111';
/** The one incident of its month; nothing else is ever said of it. */
const PAST = 'past00000001';
const PAST_AT = isoTime(Date.now() - 60 * 86_400_000);

let harbour: Harbour;
let place: string;
let publisher: Publisher;
let couriers: Couriers;
let leaks: readonly SignedEvent[];

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'lifeboat-purged-'));
  harbour = await openHarbour();
  await harbour.pulse();
  await harbour.post('investigating', 'Cards are failing.');
  const words = { status: 'identified', impact: 'minor', lang: 'en', components: [] };
  const cards = { ...words, incident: 'abc123abc123', name: 'Card payments fail', text: `Try ${CARD}.` };
  const past = { ...words, incident: PAST, name: CARD, status: 'resolved', text: CARD, display_at: PAST_AT };
  leaks = [await harbour.say('incident.update', cards), await harbour.say('incident.update', past)];
  await start();
  for (const folder of [harbour.out, second()]) expect((await tellers(folder)).length).toBeGreaterThan(8);
});
afterEach(async () => {
  await stop();
  await harbour.close();
  await rm(place, { recursive: true, force: true });
});

const second = () => join(place, 'second');

/** A publisher that carries the site on to a second folder, if that can be reached. */
async function start(others: readonly string[] = [second()]): Promise<void> {
  const { out, log } = harbour;
  couriers = startCouriers({ out, others }, place, { tell: () => {} });
  publisher = await startPublisher({
    site,
    log,
    platform: nodePlatform,
    dist: await buildSite(),
    out,
    onWritten: couriers.wrote,
    onPublish: ({ seq }) => couriers.offer(seq),
  });
  expect(await couriers.settled(1)).toBe(true);
}

async function stop(): Promise<void> {
  await publisher.close();
  await couriers.close();
}

/** Every file below `folder` that holds the number of the card. */
async function tellers(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const { parentPath, name } of entries.filter((entry) => entry.isFile())) {
    const path = join(parentPath, name);
    if ((await readFile(path)).includes(CARD)) found.push(path.slice(folder.length + 1));
  }
  return found.sort();
}

async function expectGone(): Promise<void> {
  const month = PAST_AT.slice(0, 7);
  for (const folder of [harbour.out, second()]) {
    expect(await tellers(folder)).toEqual([]);
    const paths = [`incidents/${PAST}`, `history/${month}`, `api/lifeboat/v1/history/${month}.json`];
    expect(paths.filter((path) => existsSync(join(folder, path)))).toEqual([]);
    expect(await readFile(join(folder, 'incidents/abc123abc123/index.html'), 'utf8')).toContain('Cards are failing.');
    expect(readSite(folder).wrong).toEqual([]);
    const verified = await lifeboat('verify', folder, '--org', harbour.log.root, '--json');
    expect(jsonOf(verified)).toMatchObject({ ok: true, counts: { purged: 2, incidents: 1 } });
  }
}

test('what was purged is in no file of the site, at no host, and what is left is found right', async () => {
  await harbour.purge(...leaks);
  await expect.poll(() => tellers(place)).toEqual([]);
  await expectGone();
});

test('what was purged while nobody published goes with the next start, also where only a later one gets to', async () => {
  await stop();
  await harbour.purge(...leaks);
  await start([]);
  expect(await tellers(harbour.out)).toEqual([]);
  await stop();
  await start();
  await expectGone();
});
