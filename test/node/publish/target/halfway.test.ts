import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkRecord } from '../../../../src/log/published/check-record.ts';
import { fastVerify } from '../../../../src/node/fast-verify.ts';
import { nodePlatform } from '../../../../src/node/platform.ts';
import { buildSite } from '../../../../src/node/publish/build.ts';
import { startPublisher } from '../../../../src/node/publish/publisher.ts';
import { openWaiting } from '../../../../src/node/publish/target/batch.ts';
import { folderTarget } from '../../../../src/node/publish/target/folder-target.ts';
import type { Batch } from '../../../../src/node/publish/target/target.ts';
import type { Written } from '../../../../src/node/publish/write-round.ts';
import { folderSource } from '../../../../src/node/verify/source.ts';
import { type Harbour, openHarbour, root, site } from '../harbour.ts';

let harbour: Harbour;
let place = '';

beforeAll(async () => {
  harbour = await openHarbour();
  place = await mkdtemp(join(tmpdir(), 'lifeboat-halfway-'));
});
afterAll(async () => {
  await harbour.close();
  await rm(place, { recursive: true, force: true });
});

/** What `lifeboat verify` says of the record in `folder`. */
async function judged(folder: string): Promise<string> {
  const { read } = folderSource(folder);
  const { steps } = await checkRecord({
    root,
    read,
    verify: await fastVerify(),
    platform: nodePlatform,
    whole: true,
  });
  const why = steps.find(({ result }) => result !== 'right')?.why ?? null;
  if (why === null) return 'right';
  return why.type === 'fault' && why.code === 'unfinished' ? 'unfinished' : JSON.stringify(why);
}

/** The batch in pieces of one file each. */
function piecesOf({ folder, phases }: Batch): readonly Batch[] {
  return phases.flatMap(({ name, paths }) =>
    paths.map((path): Batch => ({ folder, phases: [{ name, paths: [path] }], whole: false })),
  );
}

test('a target that was left after any file of a round is whole, or said to be unfinished', async () => {
  const rounds: Written[] = [];
  await harbour.pulse();
  await harbour.post('investigating', 'Cards are failing.');
  const publisher = await startPublisher({
    site,
    log: harbour.log,
    platform: nodePlatform,
    dist: await buildSite(),
    out: harbour.out,
    onWritten: (written) => rounds.push(written),
  });
  const waiting = openWaiting(harbour.out, join(place, 'carry'));
  const target = folderTarget(join(place, 'target'), nodePlatform.now());
  const { signal } = new AbortController();
  waiting.addAll();
  const first = waiting.take();
  if (first !== null) await target.put(first, signal);
  waiting.done();
  expect(await judged(join(place, 'target'))).toBe('right');
  await harbour.post('identified', 'A disk is full.');
  await publisher.publishNow();
  await publisher.close();
  for (const written of rounds.slice(1)) waiting.add(written);
  const batch = waiting.take();
  const said: string[] = [];
  for (const piece of batch === null ? [] : piecesOf(batch)) {
    await target.put(piece, signal);
    said.push(await judged(join(place, 'target')));
  }
  expect([...new Set(said)].sort()).toEqual(['right', 'unfinished']);
  expect(said.at(-1)).toBe('right');
}, 180_000);
