import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chainsOf, createChains } from '../../src/model/chains.ts';
import { KIND } from '../../src/model/event.ts';

const AUTHOR = 'a'.repeat(64);
let ids = 0;

function placed(s: number | null, { pubkey = AUTHOR, d = 'lb1:room', kind = KIND.sealed as number } = {}) {
  const id = String(++ids).padStart(64, '0');
  return { id, pubkey, kind, tags: [['d', d], ...(s === null ? [] : [['s', String(s)]])] };
}

describe('the version vector of a set of events', () => {
  test('names the highest place, what is missing below it, and places given twice', () => {
    const events = [placed(1), placed(2), placed(2), placed(5), placed(9)];
    expect(chainsOf(events)).toEqual([
      {
        pubkey: AUTHOR,
        d: 'lb1:room',
        highest: 9,
        gaps: [
          { from: 3, to: 4 },
          { from: 6, to: 8 },
        ],
        forks: [2],
      },
    ]);
  });

  test('counts each author and each name by itself, and leaves out what has no place', () => {
    const other = 'b'.repeat(64);
    const events = [
      placed(1),
      placed(1, { d: 'lb1:x' }),
      placed(1, { pubkey: other }),
      placed(null),
      placed(3, { kind: KIND.pulse }),
    ];
    expect(chainsOf(events).map(({ pubkey, d, highest }) => [pubkey[0], d, highest])).toEqual([
      ['a', 'lb1:room', 1],
      ['a', 'lb1:x', 1],
      ['b', 'lb1:room', 1],
    ]);
  });

  test('is the same in any order, in any portions, however often an event comes', () => {
    const pool = Array.from({ length: 30 }, (_, n) =>
      placed((n % 12) + 1, { pubkey: n % 2 === 0 ? AUTHOR : 'c'.repeat(64) }),
    );
    const sorted = (views: ReturnType<typeof chainsOf>) => [...views].sort((x, y) => (x.pubkey < y.pubkey ? -1 : 1));
    fc.assert(
      fc.property(fc.subarray(pool), fc.nat(30), (some, cut) => {
        const chains = createChains();
        chains.add(some.slice(cut));
        chains.views();
        chains.add([...some].reverse());
        expect(sorted(chains.views())).toEqual(sorted(chainsOf(some)));
      }),
    );
  });
});
