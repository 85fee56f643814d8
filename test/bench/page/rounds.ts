import type { ServedTarget } from './target.ts';
import {
  type FirstVisit,
  firstVisit,
  type OfflineVisit,
  offlineVisit,
  type ReturningVisit,
  returningVisit,
} from './visit.ts';

/** Everything seen of one page, a value for each round. */
export interface Samples {
  readonly near: FirstVisit[];
  readonly slow: FirstVisit[];
  readonly returning: ReturningVisit[];
  readonly offline: OfflineVisit[];
}

/**
 * Visits every page in every way, so many rounds, in another order each time: what else the machine does falls on all alike.
 * `before` is awaited before each visit.
 */
export async function rounds(
  targets: readonly ServedTarget[],
  count: number,
  before: () => Promise<void>,
  say: (sentence: string) => void,
): Promise<ReadonlyMap<string, Samples>> {
  const found = new Map(
    targets.map(({ name }) => [name, { near: [], slow: [], returning: [], offline: [] } as Samples]),
  );
  for (let round = 1; round <= count; round += 1) {
    for (const target of shuffled(targets)) {
      const samples = found.get(target.name);
      if (samples === undefined) continue;
      await before();
      // Once for all readers, the host compresses a page that is new to it: none of the measured ones waits for that.
      await (await fetch(target.url)).arrayBuffer();
      samples.near.push(await firstVisit(target, false));
      samples.slow.push(await firstVisit(target, true));
      samples.returning.push(await returningVisit(target));
      if ('folder' in target.where) samples.offline.push(await offlineVisit(target));
      const [slow, returning] = [samples.slow.at(-1), samples.returning.at(-1)];
      say(
        `round ${round} of ${count}, ${target.name}: slow network ${ms(slow?.status)}, returning ${ms(returning?.status)}`,
      );
    }
  }
  return found;
}

function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => [Math.random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

function ms(value: number | undefined): string {
  return value === undefined ? '-' : `${Math.round(value)} ms`;
}
