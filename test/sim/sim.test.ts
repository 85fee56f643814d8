import { describe, expect, test, vi } from 'vitest';
import { PLANTED, type Planted } from './defect.ts';
import { FAULTS } from './faults.ts';
import { simulate } from './simulate.ts';

const SLICE_MS = 5_000;
const PATIENCE = 120_000;

vi.spyOn(console, 'warn').mockImplementation(() => {});

describe('bad days', () => {
  test('end with every acknowledged event on every honest copy', { timeout: PATIENCE }, async () => {
    const counts = new Map<string, number>();
    const end = performance.now() + SLICE_MS;
    for (let seed = 0; performance.now() < end; seed++) {
      const verdict = await simulate(seed);
      for (const [what, times] of verdict.counts) counts.set(what, (counts.get(what) ?? 0) + times);
      expect(verdict.broken, `${verdict.last.slice(-40).join('\n')}\nReplay: SEED=${seed} npm run sim\n`).toEqual([]);
    }
    expect(counts.get('done: update')).toBeGreaterThan(10);
  });

  test('hold every kind of fault', { timeout: PATIENCE }, async () => {
    const seen = new Set<string>();
    const wanted = Object.keys(FAULTS).map((name) => `fault: ${name}`);
    for (let seed = 0; seed < 150 && !wanted.every((name) => seen.has(name)); seed++) {
      for (const [what] of (await simulate(seed)).counts) seen.add(what);
    }
    expect(wanted.filter((name) => !seen.has(name))).toEqual([]);
  });
});

describe('a seed', () => {
  test.each([3, 50, 249])('%d gives the same day each time, to the last frame', { timeout: PATIENCE }, async (seed) => {
    const first = await simulate(seed);
    const second = await simulate(seed);
    expect(second.digest).toBe(first.digest);
  });

  test('is a day of its own', { timeout: PATIENCE }, async () => {
    expect((await simulate(4)).digest).not.toBe((await simulate(5)).digest);
  });
});

describe('a planted defect is found:', () => {
  /** Days that show those which few days show; should they change, the next ones are searched too. */
  const telling = new Map<Planted, number>([
    ['relay acknowledges before it commits', 36],
    ['duplicates are looked for before signatures', 48],
  ]);

  test.each(PLANTED)('%s', { timeout: PATIENCE }, async (planted: Planted) => {
    const first = telling.get(planted) ?? 0;
    let found: readonly string[] = [];
    for (let seed = first; seed < first + 200 && found.length === 0; seed++) {
      found = (await simulate(seed, planted)).broken;
    }
    expect(found).not.toEqual([]);
  });
});
