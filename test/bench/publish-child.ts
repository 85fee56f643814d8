// Publishes a large record in a process of its own, so that its memory is its own; prints figures as one line of JSON.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { openLog } from '../../src/log/log.ts';
import { createMemoryStore } from '../../src/log/store/memory-store.ts';
import { KIND, type SignedEvent } from '../../src/model/event.ts';
import { nodePlatform } from '../../src/node/platform.ts';
import { buildSite } from '../../src/node/publish/build.ts';
import { openRounds } from '../../src/node/publish/rounds.ts';
import type { Written } from '../../src/node/publish/write-round.ts';
import { LARGE_ROOT, largeRecord, largeSite, nextUpdate, PUBLISHER_SECRET, pulses } from './large-site.ts';

const out = process.argv[2] ?? '';
const dist = await buildSite();
let now = Date.now();
const platform = { ...nodePlatform, now: () => now };
const log = await openLog({
  root: LARGE_ROOT,
  relays: [],
  store: createMemoryStore(),
  platform,
  // The log's own measurements check signatures; these are zeros.
  verify: (value) => ({ type: 'ok', event: value as SignedEvent }),
});
const record = largeRecord(now);
await log.add(record);
log.unlock(PUBLISHER_SECRET);

let written: Written = { phases: [], gone: [] };
const begun = performance.now();
const rounds = await openRounds({ site: largeSite, log, platform, dist, out, onWritten: (one) => (written = one) });
const assembled = seconds(begun);
const first = await timed();
const nothing = await timed();
const last = record.findLast(({ kind, content }) => kind === KIND.public && content.includes('incident.update'));
if (last === undefined) throw new Error('The record holds no update.');
await log.add([nextUpdate(now, last)]);
const update = await timed();
await log.add(pulses(now + 30_000));
now += 30_000;
const pulse = await timed();
const memory: number[] = [];
for (let n = 0; n < 20; n++) {
  await log.add(pulses(now + 60_000));
  now += 60_000;
  await timed();
  memory.push(process.memoryUsage().rss);
}
rounds.close();
await log.close();
const front = await readFile(join(out, 'index.html'));
console.log(
  JSON.stringify({
    assembled,
    first,
    nothing,
    update,
    pulse,
    front: front.length,
    frontBrotli: brotliCompressSync(front).length,
    parts: await size('api/lifeboat/v1/parts.json'),
    snapshot: await size('api/lifeboat/v1/snapshot.json'),
    state: await size('api/lifeboat/v1/state.json'),
    log: await size('log/public.jsonl'),
    peak: process.resourceUsage().maxRSS * 1024,
    growth: (memory.at(-1) ?? 0) - (memory[9] ?? 0),
  }),
);

async function size(path: string): Promise<number> {
  return (await readFile(join(out, path))).length;
}

async function timed() {
  const isNews = rounds.hasNews();
  const start = performance.now();
  await rounds.publish();
  const took = seconds(start);
  // A part's plain name is a second name of the same file.
  const isOwn = (path: string) => !/^(api\/lifeboat\/v1\/(?!parts\/|snapshot))/.test(path);
  const paths = written.phases.flatMap((phase) => phase.paths).filter(isOwn);
  const sizes = await Promise.all(paths.map((path) => size(path)));
  return { isNews, seconds: took, files: paths.length, bytes: sizes.reduce((sum, one) => sum + one, 0) };
}

function seconds(since: number): number {
  return (performance.now() - since) / 1000;
}
