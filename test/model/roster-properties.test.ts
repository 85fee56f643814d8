import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KIND } from '../../src/model/event.ts';
import { counts, foldRoster, may, type Roster } from '../../src/model/roster.ts';
import { ROOT } from './events.ts';
import { history } from './histories.ts';
import { naiveRoster } from './naive-roster.ts';

/** The parts of a roster that `naiveRoster` knows, in the same form. */
function plain(roster: Roster) {
  const sorted = (items: Iterable<string>) => [...items].sort();
  return {
    generation: roster.generation,
    keys: [...roster.keys.values()].toSorted((a, b) => (a.pk < b.pk ? -1 : 1)),
    removed: sorted(roster.removed),
    invites: sorted(roster.invites),
    relays: [roster.versions.relays, roster.settings.relays],
    approvals: [roster.versions.approvals, roster.settings.approvals],
    purged: sorted(roster.purged),
    accepted: sorted(roster.accepted),
  };
}

describe('any history', () => {
  test('folds to what a second, naive reading of the design gives', () => {
    let removals = 0;
    let accepted = 0;
    fc.assert(
      fc.property(history, (events) => {
        const roster = foldRoster(events, ROOT);
        removals += roster.removed.size;
        accepted += roster.accepted.size;
        expect(plain(roster)).toEqual(naiveRoster(events));
      }),
      { numRuns: 1_500 },
    );
    // Or the histories would be too tame to say anything.
    expect(removals).toBeGreaterThan(500);
    expect(accepted).toBeGreaterThan(100);
  });

  test('gives the same roster and the same counting events in any order, with any repetition', () => {
    const shuffled = history.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 })),
    );
    fc.assert(
      fc.property(shuffled, ([events, order]) => {
        const [roster, again] = [foldRoster(events, ROOT), foldRoster(order, ROOT)];
        expect(plain(again)).toEqual(plain(roster));
        const counting = (by: Roster) => events.filter((event) => counts(by, event)).map(({ id }) => id);
        expect(counting(again)).toEqual(counting(roster));
      }),
      { numRuns: 300 },
    );
  });

  test('never leaves a removed key alive, and never removes the root', () => {
    fc.assert(
      fc.property(history, (events) => {
        const roster = foldRoster(events, ROOT);
        expect(roster.removed.has(ROOT)).toBe(false);
        expect(may(roster, ROOT, KIND.roster)).toBe(true);
        for (const gone of roster.removed)
          for (const kind of Object.values(KIND)) expect(may(roster, gone, kind)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
