import { type IsoTime, isoTime } from '../../../model/clock.ts';
import { isAhead } from '../../../model/freshness.ts';
import { recordsOf } from '../../../model/public-record.ts';
import type { PageFacts } from '../page-facts.ts';
import type { Published } from '../published.ts';

/**
 * `page.updated_at`: the newest signed word that the page rests on, so that a consumer sees a page grow old whose watchers have
 * stopped. Where nothing is probed the publisher's own word is all there is. What is ahead of the publisher's clock counts as
 * now, and not at all beyond two minutes: one clock that is a year ahead would keep the page young for a year.
 */
export function pageUpdatedAt({ founded, now }: PageFacts, { site, folded }: Published): IsoTime {
  if (site.components.every(({ probes }) => probes.length === 0)) return isoTime(now);
  const { state, said } = folded;
  const times = [
    ...state.components.flatMap(({ checked_at, changed_at }) => [checked_at, changed_at]),
    ...recordsOf(said).map(({ updated_at }) => updated_at),
  ];
  const known = times.filter((time) => time !== null && !isAhead(time, now)).map((time) => Date.parse(time ?? ''));
  return isoTime(
    Math.min(
      now,
      known.reduce((a, b) => Math.max(a, b), Date.parse(founded)),
    ),
  );
}
