import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodePlatform } from '../../../src/node/platform.ts';
import { buildSite } from '../../../src/node/publish/build.ts';
import { type Publisher, startPublisher } from '../../../src/node/publish/publisher.ts';
import { type Couriers, startCouriers } from '../../../src/node/publish/target/couriers.ts';
import { CODES, sayPast } from '../../enhance/past.ts';
import { type Harbour, openHarbour, site } from './harbour.ts';

let harbour: Harbour;
let place: string;
let publisher: Publisher;
let couriers: Couriers;
const told: string[] = [];
const second = () => join(place, 'second');

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'lifeboat-missing-'));
  harbour = await openHarbour();
  await sayPast(harbour);
  const { out, log } = harbour;
  couriers = startCouriers({ out, others: [second()] }, place, { tell: () => {} });
  publisher = await startPublisher({
    site,
    log,
    platform: nodePlatform,
    dist: await buildSite(),
    out,
    onWritten: couriers.wrote,
    onPublish: ({ seq }) => couriers.offer(seq),
    onTrouble: (sentence) => told.push(sentence),
  });
  expect(await couriers.settled(1)).toBe(true);
});
afterAll(async () => {
  await publisher.close();
  await couriers.close();
  await harbour.close();
  await rm(place, { recursive: true, force: true });
});

/** Names of everything that is published; parts are named by what is in them, which each round changes. */
async function held(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => !/\/parts\/|\/\.|^\./.test(name)).toSorted();
}

test.each([
  ['what no round writes', ['sw.js', '_astro', 'subscribe', '404.html']],
  [
    'what a round writes that has long been over',
    [`api/lifeboat/v1/incidents/${CODES.summer}.json`, `incidents/${CODES.edge}`, 'history/2025-08'],
  ],
])('%s is written again with the next round, and said once', async (_, paths) => {
  const before = await held(harbour.out);
  for (const path of paths) {
    told.length = 0;
    await rm(join(harbour.out, path), { recursive: true });
    await publisher.publishNow();
    expect([path, await held(harbour.out)]).toEqual([path, before]);
    await publisher.publishNow();
    expect(told).toEqual([expect.stringContaining(`${harbour.out} had lost files: the site is written again;`)]);
  }
});

test('another target that was emptied too gets the whole site, though the first folder had lost some of it', async () => {
  const before = await held(harbour.out);
  await couriers.settled(1);
  await rm(join(harbour.out, '_astro'), { recursive: true });
  await rm(second(), { recursive: true });
  // One round finds it empty, the next one brings everything.
  const afterARound = () => publisher.publishNow().then(() => held(second()));
  await expect.poll(afterARound, { timeout: 10_000 }).toEqual(before);
});
