import { DAY_LEVELS, type DayLevel, type DayRun } from '../../model/uptime.ts';
import { levelOf } from '../../model/uptime-reading.ts';

/** Units of the drawing: one day is 1 wide. */
export const STRIP_HEIGHT = 10;

/** How high a day of each level stands: trouble rises above the calm line, so that no colour has to be seen. */
const HEIGHTS: Readonly<Record<DayLevel, number>> = {
  unwatched: 2,
  operational: 4,
  degraded_performance: 6,
  partial_outage: 8,
  major_outage: 10,
};

/** One path per level that occurs: a line as thick as the level is high; the style sheet's dashes part it into days. */
export function stripPaths(runs: readonly DayRun[]): readonly { readonly level: DayLevel; readonly path: string }[] {
  const paths = new Map<DayLevel, string>();
  let at = 0;
  for (const [days, place] of runs) {
    const level = levelOf(place);
    paths.set(level, `${paths.get(level) ?? ''}M${at} ${STRIP_HEIGHT - HEIGHTS[level] / 2}h${days}`);
    at += days;
  }
  return DAY_LEVELS.flatMap((level) => {
    const path = paths.get(level);
    return path === undefined ? [] : [{ level, path }];
  });
}

/** One day of `level`, for the legend. */
export function samplePath(level: DayLevel): string {
  return `M0 ${STRIP_HEIGHT - HEIGHTS[level] / 2}h3`;
}
