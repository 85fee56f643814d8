import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeWhole } from '../../../../src/node/publish/atomic.ts';
import { type Courier, type CourierNews, startCourier } from '../../../../src/node/publish/target/courier.ts';
import { folderTarget } from '../../../../src/node/publish/target/folder-target.ts';
import type { Target } from '../../../../src/node/publish/target/target.ts';
import type { Written } from '../../../../src/node/publish/write-round.ts';

const SNAPSHOT = 'api/lifeboat/v1/snapshot.json';
let place: string;
let out: string;
let couriers: Courier[];

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'lifeboat-courier-'));
  out = join(place, 'site');
  couriers = [];
  await writeWhole(out, 'manifest.webmanifest', 'x');
  await publish(1);
});
afterEach(async () => {
  await Promise.all(couriers.map((courier) => courier.close()));
  await rm(place, { recursive: true, force: true });
});

/** Writes round `n` into `out`, as the publisher does. */
async function publish(n: number): Promise<Written> {
  const phases = [
    { name: 'parts', paths: [`api/lifeboat/v1/parts/${n}.json`] },
    { name: 'data', paths: ['history.json'] },
    { name: 'pages', paths: ['history/index.html'] },
    { name: 'snapshot', paths: [SNAPSHOT] },
    { name: 'index', paths: ['index.html'] },
  ] as const;
  for (const { paths } of phases) for (const path of paths) await writeWhole(out, path, `round ${n}`);
  return { phases, gone: [] };
}

/** A target in memory whose next puts fail, or hang until released. */
function shelf() {
  const log: string[] = [];
  const held = new Map<string, string>();
  const state = { failing: 0, hold: null as Promise<void> | null };
  const target: Target = {
    name: 'shelf',
    put: async ({ folder, phases }) => {
      await state.hold;
      for (const { paths } of phases)
        for (const path of paths) {
          if (state.failing > 0) {
            state.failing -= 1;
            throw new Error('The disk is full.');
          }
          held.set(path, await readFile(join(folder, path), 'utf8'));
          log.push(path);
        }
    },
    holds: async (paths) => paths.every((path) => held.has(path)),
    list: async (folders) => [...held.keys()].filter((path) => folders.some((one) => path.startsWith(`${one}/`))),
    remove: async (paths) => {
      for (const path of paths) held.delete(path);
    },
  };
  return { target, log, held, state };
}

function courierTo(target: Target, options: { readonly tries?: number } = {}) {
  const news: CourierNews[] = [];
  // Pauses pass at once: what is tested is what happens after them.
  const platform = {
    after: (_: number, task: () => void) => {
      const timer = setImmediate(task);
      return () => clearImmediate(timer);
    },
  };
  const courier = startCourier({
    target,
    out,
    place: join(place, `carry-${couriers.length}`),
    platform,
    tell: (one) => news.push(one),
    ...options,
  });
  couriers.push(courier);
  return { courier, news };
}

const NOTHING: Written = { phases: [], gone: [] };

describe('a courier', () => {
  test('brings everything that is published first, parts before pages and the front page last', async () => {
    await mkdir(join(out, '_astro'), { recursive: true });
    for (const path of ['_astro/a.js', 'vault/0f', 'sw.js', '.draft-1', '_headers']) {
      await mkdir(dirname(join(out, path)), { recursive: true });
      await writeFile(join(out, path), 'x');
    }
    const { target, log } = shelf();
    const { courier, news } = courierTo(target);
    courier.offer(1, NOTHING, true);
    expect(await courier.settled(1)).toBe(true);
    expect(log).not.toContain('.draft-1');
    const at = (path: string) => log.indexOf(path);
    for (const early of ['_astro/a.js', 'vault/0f', 'api/lifeboat/v1/parts/1.json']) {
      expect(at(early)).toBeGreaterThanOrEqual(0);
      expect(at(early)).toBeLessThan(at('history.json'));
    }
    expect(at('history/index.html')).toBeLessThan(at('sw.js'));
    expect(at('_headers')).toBeLessThan(at('history/index.html'));
    expect(log.at(-1)).toBe('index.html');
    expect(log.at(-2)).toMatch(/sw\.js|snapshot/);
    expect(news).toEqual([{ type: 'holds', target: 'shelf', seq: 1, files: log.length }]);
  });

  test('afterwards brings what each round wrote, and sealed files that came from elsewhere', async () => {
    const { target, log, held } = shelf();
    const { courier } = courierTo(target);
    courier.offer(1, NOTHING, true);
    await courier.settled(1);
    log.length = 0;
    await mkdir(join(out, 'vault'), { recursive: true });
    await writeFile(join(out, 'vault', 'abcd'), 'sealed');
    const written = await publish(2);
    courier.offer(2, { ...written, gone: ['api/lifeboat/v1/parts/1.json'] }, false);
    expect(await courier.settled(1)).toBe(true);
    expect(log).toEqual(['vault/abcd', ...written.phases.flatMap(({ paths }) => paths)]);
    expect(held.has('api/lifeboat/v1/parts/1.json')).toBe(false);
    expect(held.get('index.html')).toBe('round 2');
  });

  test('removes what an earlier life of the publisher left there and is published no more', async () => {
    const { target, held } = shelf();
    const old = ['incidents/gone/index.html', 'api/lifeboat/v1/parts/0.json', 'api/lifeboat/v1/incidents/gone.json'];
    for (const path of [...old, 'robots.txt']) held.set(path, 'round 0');
    const { courier } = courierTo(target);
    courier.offer(1, NOTHING, true);
    expect(await courier.settled(1)).toBe(true);
    expect(old.filter((path) => held.has(path))).toEqual([]);
    expect([held.get('robots.txt'), held.get('index.html')]).toEqual(['round 0', 'round 1']);
  });

  test('whose target removes nothing at first tries again with the next round, and takes nothing else away', async () => {
    const { target, held } = shelf();
    held.set('incidents/gone/index.html', 'round 0');
    let refusals = 1;
    const remove: Target['remove'] = async (paths, signal) => {
      refusals -= 1;
      if (refusals >= 0) throw new Error('The host is busy.');
      await target.remove(paths, signal);
    };
    const { courier } = courierTo({ ...target, remove });
    courier.offer(1, NOTHING, true);
    expect(await courier.settled(1)).toBe(false);
    expect(held.has('incidents/gone/index.html')).toBe(true);
    courier.offer(2, { phases: [{ name: 'index', paths: ['index.html'] }], gone: [] }, false);
    expect(await courier.settled(3)).toBe(true);
    expect(held.has('incidents/gone/index.html')).toBe(false);
    expect([...held.keys()]).toEqual(expect.arrayContaining(['history/index.html', 'api/lifeboat/v1/parts/1.json']));
  });

  test('never brings what was purged while it waited', async () => {
    const { target, held, log, state } = shelf();
    const { courier } = courierTo(target);
    courier.offer(1, NOTHING, true);
    await courier.settled(1);
    state.failing = Number.POSITIVE_INFINITY;
    courier.offer(2, await publish(2), false);
    courier.offer(3, { ...(await publish(3)), gone: ['api/lifeboat/v1/parts/2.json'] }, false);
    state.failing = 0;
    await expect.poll(() => held.get('index.html')).toBe('round 3');
    expect(log).not.toContain('api/lifeboat/v1/parts/2.json');
  });

  test('tries again after a failure with the newest of each file, and says what the target holds meanwhile', async () => {
    const { target, held, state } = shelf();
    const { courier, news } = courierTo(target);
    courier.offer(1, NOTHING, true);
    await courier.settled(1);
    state.failing = 2;
    courier.offer(2, await publish(2), false);
    courier.offer(3, await publish(3), false);
    await expect.poll(() => news.at(-1)).toMatchObject({ type: 'holds', seq: 3 });
    expect(news[1]).toEqual({
      type: 'trouble',
      target: 'shelf',
      sentence: 'shelf could not be written: The disk is full; trying again in 1 s.',
      holds: 1,
    });
    for (const path of ['history.json', SNAPSHOT, 'index.html']) expect(held.get(path)).toBe('round 3');
    expect([...held.keys()].filter((path) => path.includes('/parts/')).sort()).toEqual([
      'api/lifeboat/v1/parts/1.json',
      'api/lifeboat/v1/parts/2.json',
      'api/lifeboat/v1/parts/3.json',
    ]);
  });

  test.each([true, false])(
    'brings everything to a target that was emptied (after a failure: %s)',
    async (hasFailed) => {
      const { target, held, state } = shelf();
      const { courier, news } = courierTo(target);
      courier.offer(1, NOTHING, true);
      await courier.settled(1);
      const all = [...held.keys()];
      state.failing = hasFailed ? Number.POSITIVE_INFINITY : 0;
      if (!hasFailed) held.clear();
      courier.offer(2, await publish(2), false);
      if (hasFailed) await expect.poll(() => news.at(-1)?.type).toBe('trouble');
      held.clear();
      state.failing = 0;
      await expect
        .poll(() => news.at(-1))
        .toEqual({
          type: 'trouble',
          target: 'shelf',
          sentence: 'shelf has lost what it was brought; with the next round everything is brought again.',
          holds: null,
        });
      courier.offer(3, await publish(3), false);
      await expect.poll(() => news.at(-1)).toMatchObject({ type: 'holds', seq: 3 });
      expect([...held.keys()]).toEqual(expect.arrayContaining(all));
    },
  );

  test('compares everything after a failure, whatever the target holds by then', async () => {
    const { target, held, state } = shelf();
    const { courier, news } = courierTo(target);
    courier.offer(1, NOTHING, true);
    await courier.settled(1);
    state.failing = 1;
    courier.offer(2, await publish(2), false);
    await expect.poll(() => news.at(-1)).toMatchObject({ type: 'holds', seq: 2 });
    // Nothing that the courier looks at: a host that was put back to the state of yesterday.
    held.delete('api/lifeboat/v1/parts/1.json');
    courier.offer(3, await publish(3), false);
    await expect.poll(() => news.at(-1)).toMatchObject({ type: 'holds', seq: 3 });
    expect(held.has('api/lifeboat/v1/parts/1.json')).toBe(true);
  });

  test('gives a target up after as many failures as it is told, and says so', async () => {
    const { target, state } = shelf();
    state.failing = 1_000;
    const { courier, news } = courierTo(target, { tries: 2 });
    courier.offer(1, NOTHING, true);
    expect(await courier.settled(2)).toBe(false);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(news.map((one) => (one.type === 'trouble' ? one.sentence : ''))).toEqual([
      'shelf could not be written: The disk is full; trying again in 1 s.',
      'shelf could not be written: The disk is full; given up.',
    ]);
  });

  test('carries a round as it ended, though the next is written meanwhile', async () => {
    const { target, held, state, log } = shelf();
    let release = () => {};
    state.hold = new Promise((resolve) => (release = resolve));
    const { courier } = courierTo(target);
    courier.offer(1, NOTHING, true);
    const second = await publish(2);
    release();
    await expect.poll(() => log.includes('index.html')).toBe(true);
    expect([held.get('index.html'), held.get(SNAPSHOT)]).toEqual(['round 1', 'round 1']);
    courier.offer(2, second, false);
    await courier.settled(1);
    expect([held.get('index.html'), held.get(SNAPSHOT)]).toEqual(['round 2', 'round 2']);
  });

  test('leaves what the round on its way still names until the next one is there', async () => {
    const { target, held, state } = shelf();
    const { courier } = courierTo(target);
    courier.offer(1, NOTHING, true);
    await courier.settled(1);
    let release = () => {};
    state.hold = new Promise((resolve) => (release = resolve));
    courier.offer(2, await publish(2), false);
    // The third round names the second's parts no more, but is not carried yet: its way is cut.
    courier.offer(3, { ...(await publish(3)), gone: ['api/lifeboat/v1/parts/2.json'] }, false);
    const first = expect.poll(() => held.get('index.html'));
    state.failing = 0;
    const put = target.put;
    Object.assign(target, { put: () => Promise.reject(new Error('The line is cut.')) });
    release();
    await first.toBe('round 2');
    expect(held.has('api/lifeboat/v1/parts/2.json')).toBe(true);
    Object.assign(target, { put });
    await expect.poll(() => held.get('index.html')).toBe('round 3');
    await expect.poll(() => held.has('api/lifeboat/v1/parts/2.json')).toBe(false);
  });

  test('of a target that fails or hangs keeps no other target waiting', async () => {
    const [broken, hanging] = [shelf(), shelf()];
    broken.state.failing = 1_000;
    let release = () => {};
    hanging.state.hold = new Promise((resolve) => (release = resolve));
    const well = courierTo(folderTarget(join(place, 'third'), Date.now()));
    const [first, second] = [courierTo(broken.target), courierTo(hanging.target)];
    for (const { courier } of [first, second, well]) courier.offer(1, NOTHING, true);
    expect(await well.courier.settled(1)).toBe(true);
    expect(await first.courier.settled(3)).toBe(false);
    expect(await readFile(join(place, 'third', 'index.html'), 'utf8')).toBe('round 1');
    release();
  });
});
