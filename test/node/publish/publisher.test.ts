import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyEvent } from '../../../src/log/event.ts';
import { claimsHash } from '../../../src/log/published/claims.ts';
import { PARTS_FOLDER, partPath } from '../../../src/log/published/part-path.ts';
import { sha256 } from '../../../src/log/published/texts.ts';
import { parseCanonical } from '../../../src/model/canonical.ts';
import { isoTime } from '../../../src/model/clock.ts';
import { KIND, type SignedEvent } from '../../../src/model/event.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { buildSite } from '../../../src/node/publish/build.ts';
import { type Publisher, type PublisherOptions, startPublisher } from '../../../src/node/publish/publisher.ts';
import type { Written } from '../../../src/node/publish/write-round.ts';
import { type Harbour, openHarbour, site } from './harbour.ts';
import { readSite } from './whole-site.ts';

let harbour: Harbour;
let publisher: Publisher;

async function publish(
  changes: Partial<typeof site> = {},
  onWritten: (written: Written) => void = () => {},
  now = nodePlatform.now,
  more: Pick<PublisherOptions, 'onTrouble' | 'onPublish' | 'workerOn'> = {},
): Promise<void> {
  const own = { ...site, ...changes };
  publisher = await startPublisher({
    site: own,
    log: harbour.log,
    platform: { ...nodePlatform, now },
    dist: await buildSite(),
    out: harbour.out,
    onWritten,
    ...more,
  });
}

beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(async () => {
  await publisher.close();
  await harbour.close();
});

const read = (path: string) => readFile(join(harbour.out, path), 'utf8');

async function snapshot(): Promise<{ event: SignedEvent; snapshot: Snapshot }> {
  const event = JSON.parse(await read('api/lifeboat/v1/snapshot.json')) as SignedEvent;
  return { event, snapshot: JSON.parse(event.content) as Snapshot };
}

function pagesHeld() {
  return harbour.log.events().filter(({ kind, content }) => kind === KIND.public && content.includes('"type":"page"'));
}

describe('the publisher', () => {
  test('writes a canonical, signed snapshot whose parts have the hashes that it vouches for', async () => {
    await harbour.pulse();
    await harbour.post('investigating', 'Cards are failing.');
    await publish();
    const { event, snapshot: claim } = await snapshot();
    expect(verifyEvent(event, harbour.log.org).type).toBe('ok');
    expect(parseCanonical(event.content)).toEqual(claim);
    const parts = await read('api/lifeboat/v1/parts.json');
    expect(sha256(parts)).toBe(claim.parts);
    const hashes = JSON.parse(parts) as Record<string, string>;
    expect(Object.keys(hashes)).toContain('/api/lifeboat/v1/incidents/abc123abc123.json');
    for (const [path, hash] of Object.entries(hashes)) expect([path, sha256(await read(path))]).toEqual([path, hash]);
  });

  test('signs a page event when the claims change and none when only the time of checking does', async () => {
    await harbour.pulse();
    await publish();
    await harbour.pulse();
    await publisher.publishNow();
    expect(pagesHeld()).toHaveLength(1);
    await harbour.pulse({ api: 'major_outage' });
    const { state, seq } = await publisher.publishNow();
    const last = pagesHeld().map(({ content }) => (JSON.parse(content) as { body: unknown }).body);
    expect(last).toContainEqual({ seq, state_sha256: claimsHash(state) });
    expect(last).toHaveLength(2);
  });

  test('publishes by itself when a person posts, with a higher number', async () => {
    await harbour.pulse();
    await publish();
    const before = (await snapshot()).snapshot.seq;
    await harbour.post('investigating', 'Cards are failing.');
    await expect
      .poll(async () => (await read('index.html')).includes('Cards are failing.'), { timeout: 5_000 })
      .toBe(true);
    expect((await snapshot()).snapshot.seq).toBeGreaterThan(before);
  });

  test('publishes the correction of what was long over at once, although the front page says nothing of it', async () => {
    await harbour.pulse();
    const display_at = isoTime(Date.now() - 60 * 86_400_000);
    const past = {
      incident: 'past00000001',
      name: 'Late payouts',
      status: 'resolved',
      impact: 'minor',
      lang: 'en',
    } as const;
    const words = { ...past, text: 'Payed out.', components: [], display_at };
    const said = await harbour.say('incident.update', words);
    await publish();
    await harbour.say('incident.update', { ...words, text: 'Paid out.', corrects: said.id });
    await expect
      .poll(async () => (await read('incidents/past00000001/index.html')).includes('Paid out.'), { timeout: 5_000 })
      .toBe(true);
  });

  test('says in a sentence why a round failed and when it tries again, and then publishes what waited', async () => {
    await harbour.pulse();
    const told: string[] = [];
    await publish({}, undefined, undefined, { onTrouble: (sentence) => told.push(sentence) });
    // What a full disk does in one file's place: the round fails half-way.
    const front = join(harbour.out, 'index.html');
    await rm(front);
    await mkdir(front);
    await harbour.post('investigating', 'Cards are failing.');
    await expect
      .poll(() => told[0])
      .toMatch(/^the page could not be published \(EISDIR.*[^.]\); trying again in 1 s\.$/);
    await rm(front, { recursive: true });
    await expect
      .poll(async () => (await read('index.html').catch(() => '')).includes('Cards are failing.'), { timeout: 5_000 })
      .toBe(true);
  });

  test('tries a regular round again when it said so, later each time, and never gives a number twice', async () => {
    await harbour.pulse();
    const [told, numbers] = [[] as string[], [] as number[]];
    const end = harbour.log.onEvents((added) => {
      for (const { kind, content } of added)
        if (kind === KIND.snapshot) numbers.push((JSON.parse(content) as Snapshot).seq);
    });
    await publish({ publish_every_ms: 1_000 }, undefined, undefined, { onTrouble: (sentence) => told.push(sentence) });
    const front = join(harbour.out, 'index.html');
    await rm(front);
    await mkdir(front);
    await expect.poll(() => told.length, { timeout: 10_000 }).toBe(1);
    // What comes meanwhile does not hurry it.
    await harbour.pulse();
    await expect.poll(() => told.length, { timeout: 10_000 }).toBe(2);
    expect(told.map((sentence) => / in (\d+) s\.$/.exec(sentence)?.[1])).toEqual(['1', '2']);
    await rm(front, { recursive: true });
    await expect.poll(() => read('index.html').catch(() => ''), { timeout: 10_000 }).toContain('Tidewater Pay');
    end();
    expect(numbers.length).toBeGreaterThan(3);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  }, 30_000);

  test('says that the first round of a process changed something, and then only what readers get besides times', async () => {
    await harbour.pulse();
    const past = { incident: 'past00000001', name: 'Late payouts', status: 'resolved', impact: 'minor', lang: 'en' };
    const display_at = isoTime(Date.now() - 60 * 86_400_000);
    const words = { ...past, text: 'Payed out.', components: [], display_at };
    const said = await harbour.say('incident.update', words);
    const changes: boolean[] = [];
    const onPublish = (_: Snapshot, changed: boolean) => changes.push(changed);
    await publish({}, undefined, undefined, { onPublish });
    await harbour.pulse();
    await publisher.publishNow();
    expect(changes).toEqual([true, false]);
    await publisher.close();
    await publish({}, undefined, undefined, { onPublish, workerOn: false });
    expect(changes).toEqual([true, false, true]);
    await harbour.say('incident.update', { ...words, text: 'Paid out.', corrects: said.id });
    await publisher.publishNow();
    expect(changes).toEqual([true, false, true, true]);
  });

  test('says of a round that what failed before it changed something', async () => {
    await harbour.pulse();
    const changes: boolean[] = [];
    await publish({}, undefined, undefined, { onPublish: (_, changed) => changes.push(changed), onTrouble: () => {} });
    const front = join(harbour.out, 'index.html');
    await rm(front);
    await mkdir(front);
    await harbour.post('investigating', 'Cards are failing.');
    await expect(publisher.publishNow()).rejects.toThrow('EISDIR');
    await rm(front, { recursive: true });
    await publisher.publishNow();
    expect(changes.slice(0, 2)).toEqual([true, true]);
  });

  test('writes the whole site again where somebody emptied the folder, or took what no round writes', async () => {
    await harbour.pulse();
    const told: string[] = [];
    await publish({}, undefined, undefined, { onTrouble: (sentence) => told.push(sentence) });
    const files = async () =>
      (await readdir(harbour.out, { recursive: true })).filter((name) => !name.includes('/parts/'));
    const before = (await files()).toSorted();
    await rm(harbour.out, { recursive: true });
    await publisher.publishNow();
    expect((await files()).toSorted()).toEqual(before);
    expect(readSite(harbour.out).wrong).toEqual([]);
    expect(told).toEqual([
      `${harbour.out} had lost files: the site is written again; "lifeboat vault build" brings sealed runbooks back.`,
    ]);
    const other = { site, log: harbour.log, platform: nodePlatform, dist: await buildSite(), out: harbour.out };
    await expect(startPublisher(other)).rejects.toThrow(/^Another publisher writes into /);
    for (const path of ['manifest.webmanifest', '404.html']) await rm(join(harbour.out, path));
    await publisher.publishNow();
    expect((await files()).toSorted()).toEqual(before);
  });

  test('does not leave what came during a round for the next regular one', async () => {
    await harbour.pulse();
    await publish();
    await harbour.post('investigating', 'Cards are failing.');
    await expect.poll(() => pagesHeld().length, { interval: 1 }).toBe(2);
    await harbour.post('identified', 'A link is down.');
    await expect
      .poll(async () => (await read('index.html')).includes('A link is down.'), { timeout: 5_000 })
      .toBe(true);
  });

  test('shows unknown, not green, when no watcher speaks', async () => {
    await publish();
    expect(await read('index.html')).toContain('role="status" data-status="unknown"');
  });

  test('keeps what a person wrote as text, whatever it looks like', async () => {
    await harbour.pulse();
    await harbour.post('investigating', '<script>alert(1)</script><!--lifeboat:site--> $& $1');
    await publish({ name: 'Tide & <b>Water</b> $&' });
    const html = await read('index.html');
    expect(html).toContain('&lt;script>alert(1)');
    expect(html).not.toContain('<script>alert');
    expect(html.match(/id="site"/g)).toHaveLength(1);
  });

  test('names the relays and mirrors in the policy, in meta and header alike, and in the page', async () => {
    await publish({ relays: ['wss://relay.example'], mirrors: ['https://mirror.example'] });
    const sources = "connect-src 'self' wss://relay.example https://relay.example https://mirror.example;";
    const html = await read('index.html');
    expect([html.includes(sources), (await read('_headers')).includes(sources)]).toEqual([true, true]);
    const facts = JSON.parse(/id="site">(.*?)<\/script>/.exec(html)?.[1] ?? '') as unknown;
    expect(facts).toMatchObject({
      root: harbour.log.root,
      relays: ['wss://relay.example'],
      mirrors: ['https://mirror.example'],
    });
  });

  test('lists in the worker what never holds data, and changes that list only with the site itself', async () => {
    await harbour.pulse();
    await publish();
    const worker = await read('sw.js');
    const listed = Object.keys(
      (JSON.parse(/LIFEBOAT_SHELL=(.*?);\n/.exec(worker)?.[1] ?? '') as { files: object }).files,
    );
    expect(listed).toEqual(
      expect.arrayContaining(['/shell/status/', '/shell/incident/', '/shell/history/', '/offline/']),
    );
    expect(listed.filter((path) => /^\/(index|history|api|log|incidents|sw)|^\/$/.test(path))).toEqual([]);
    await harbour.post('investigating', 'Cards are failing.');
    await publisher.publishNow();
    expect(await read('sw.js')).toBe(worker);
  });

  test('writes a front page of at most 8 kB compressed, HTML and CSS together', async () => {
    await harbour.pulse({ ledger: 'degraded_performance' });
    for (const text of ['We are looking into it.', 'We found it.']) await harbour.post('identified', text.repeat(10));
    await publish();
    expect(gzipSync(await read('index.html')).length).toBeLessThan(8_000);
  });

  test('leaves no half-written file behind', async () => {
    await harbour.pulse();
    await publish();
    await Promise.all([publisher.publishNow(), publisher.publishNow(), publisher.publishNow()]);
    const names = await readdir(harbour.out, { recursive: true });
    expect(names.filter((name) => name.includes('.draft'))).toEqual([]);
  });

  test('has its folder for itself, and leaves it to the next', async () => {
    await publish();
    const other = { site, log: harbour.log, platform: nodePlatform, dist: await buildSite(), out: harbour.out };
    await expect(startPublisher(other)).rejects.toThrow(/^Another publisher writes into .*: end it, or /);
    await publisher.close();
    await publish();
  });

  test('writes only what changed, and all again where somebody emptied the folder', async () => {
    const written: Written[] = [];
    await harbour.pulse();
    await harbour.post('investigating', 'Cards are failing.');
    await publish({}, (one) => written.push(one));
    await harbour.pulse();
    await publisher.publishNow();
    const paths = (round: Written | undefined) => round?.phases.flatMap((phase) => phase.paths) ?? [];
    expect(paths(written[0])).toEqual(
      expect.arrayContaining(['incidents/abc123abc123/index.html', 'history/index.html', 'log/public.jsonl']),
    );
    expect(paths(written[1]).filter((path) => /incidents\/abc|history|log\//.test(path))).toEqual([]);
    expect(paths(written[1]).slice(-2)).toEqual(['api/lifeboat/v1/snapshot.json', 'index.html']);
    for (const folder of ['api', 'incidents']) await rm(join(harbour.out, folder), { recursive: true });
    await publisher.publishNow();
    expect(paths(written[2])).toEqual(expect.arrayContaining(['incidents/abc123abc123/index.html']));
    expect(readSite(harbour.out).wrong).toEqual([]);
  });

  test('keeps a part under its own hash for an hour after the last snapshot that named it', async () => {
    let now = Date.now();
    await harbour.post('investigating', 'Cards are failing.');
    await publish({}, undefined, () => now);
    const parts = () => readdir(join(harbour.out, PARTS_FOLDER));
    const first = partPath('x.json', (await snapshot()).snapshot.parts)
      .split('/')
      .at(-1);
    await harbour.post('identified', 'A link is down.');
    for (const minutes of [1, 59]) {
      now += minutes * 60_000;
      await publisher.publishNow();
      expect(await parts()).toContain(first);
    }
    now += 2 * 60_000;
    await publisher.publishNow();
    expect(await parts()).not.toContain(first);
    expect(readSite(harbour.out).wrong).toEqual([]);
  });

  test('removes what a killed publisher left half-written', async () => {
    const dead = spawnSync('true').pid;
    const [left, fresh] = [`api/.draft-${dead}-1`, `.draft-${process.ppid}-1`];
    await mkdir(join(harbour.out, 'api'));
    for (const path of [left, fresh]) await writeFile(join(harbour.out, path), '{"half');
    // Another publisher's remote target may keep its own drafts in the same folder.
    await mkdir(join(harbour.out, '.draft-lifeboat'));
    await publish();
    const names = await readdir(harbour.out, { recursive: true });
    expect(names.filter((name) => name.includes('.draft')).toSorted()).toEqual([fresh, '.draft-lifeboat']);
  });
});
