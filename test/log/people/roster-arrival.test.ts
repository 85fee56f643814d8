import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openLog } from '../../../src/log/log.ts';
import { createMemoryStore } from '../../../src/log/store/memory-store.ts';
import type { SignedEvent } from '../../../src/model/event.ts';
import { foldRoster } from '../../../src/model/roster.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { ROOT } from '../../model/events.ts';
import { history } from '../../model/histories.ts';

/** A history in any order, some of it twice, in batches as carriers bring it. */
const arrivals = history.chain((events) =>
  fc.tuple(
    fc.constant(events),
    fc.shuffledSubarray([...events, ...events], { minLength: events.length, maxLength: events.length * 2 }),
    fc.integer({ min: 1, max: 5 }),
  ),
);

test('the roster that a log remembers is what the pure fold of the events it holds says, after each batch that arrives', async () => {
  let removals = 0;
  await fc.assert(
    fc.asyncProperty(arrivals, async ([events, order, size]) => {
      const log = await openLog({
        root: ROOT,
        relays: [],
        store: createMemoryStore(),
        platform: nodePlatform,
        // These histories are not signed: what is asked here is who counts, not whose word it is.
        verify: (event) => ({ type: 'ok', event: event as SignedEvent }),
      });
      const batches = [...order, ...events].map((_, n, all) => (n % size === 0 ? all.slice(n, n + size) : []));
      for (const batch of batches.filter(({ length }) => length > 0)) {
        await log.add(batch);
        expect(log.roster()).toEqual(foldRoster(log.events(), ROOT));
      }
      const [remembered, whole] = [log.roster(), foldRoster(events, ROOT)];
      expect(remembered).toEqual(whole);
      removals += whole.removed.size;
      await log.close();
    }),
    { numRuns: 200 },
  );
  // Or the histories would be too tame to say anything.
  expect(removals).toBeGreaterThan(50);
});
