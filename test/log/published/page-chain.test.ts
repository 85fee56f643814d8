import { describe, expect, test } from 'vitest';
import { publicKeyOf } from '../../../src/log/event.ts';
import { lastPage, pageChains } from '../../../src/log/published/page-chain.ts';
import { foldRoster } from '../../../src/model/roster.ts';
import { KEYS, type Name, ROOT, Scribe } from './record.ts';

/** What publishers noted of the states that they showed, in the order in which they signed it. */
function noted(...pages: readonly [Name, seq: number, state: string][]) {
  const scribe = new Scribe();
  for (const [by, seq, state_sha256] of pages) scribe.say(by, 'page', { seq, state_sha256 });
  return scribe.events;
}

describe('what a publisher has shown', () => {
  const events = noted(['publisher', 7, 'first'], ['publisher', 9, 'last'], ['publisher', 8, 'by a clock put back']);

  test.each([
    ['as it stands in the log', events],
    ['the other way round', events.toReversed()],
  ])('is told by the snapshots’ numbers, the newest first, from a log %s', (_, log) => {
    expect(lastPage(log, publicKeyOf(KEYS.publisher))?.state_sha256).toBe('last');
    const [chain] = pageChains(log, foldRoster(log, ROOT));
    expect(chain?.pages.map(({ seq }) => seq)).toEqual([9, 8, 7]);
  });

  test('is of one number what stands later in its chain', () => {
    const twice = noted(['publisher', 7, 'first'], ['publisher', 7, 'second']);
    expect(lastPage(twice, publicKeyOf(KEYS.publisher))?.state_sha256).toBe('second');
    expect(lastPage(twice.toReversed(), publicKeyOf(KEYS.publisher))?.state_sha256).toBe('second');
  });

  test('comes after what another showed later, and is nothing of who may not publish', () => {
    const log = noted(['publisher', 7, 'first'], ['second', 8, 'second'], ['watcher', 9, 'no page']);
    const chains = pageChains(log, foldRoster(log, ROOT));
    expect(chains.map(({ publisher }) => publisher)).toEqual([KEYS.second, KEYS.publisher].map(publicKeyOf));
  });
});
