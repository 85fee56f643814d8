import { claimEnd } from '../../model/freshness.ts';
import { historyMonths } from '../../model/history.ts';
import { monthsNeeded } from '../../model/history-days.ts';
import { currentMonth, historyView } from '../../model/history-view.ts';
import type { PublicFold } from '../../model/incidents.ts';
import { statusView } from '../../model/page-view.ts';
import { recordView } from '../../model/record-view.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Reader, View } from '../../model/view.ts';
import type { Assembly, DrawnFamily } from './assemble.ts';
import { fillPage } from './template.ts';

/** Plain HTML of every page with data: incidents and maintenances first, then the months, the front page last. */
export function drawnPages(
  { templates, renderer }: Assembly,
  snapshot: Snapshot,
  said: PublicFold,
  host: string,
): readonly (readonly [path: string, html: string])[] {
  const reader: Reader = {
    now: Date.parse(snapshot.generated_at),
    ticking: false,
    timeZone: snapshot.page.time_zone,
    // In plain HTML nobody has received or verified anything yet.
    copy: { source: 'origin', host, received_at: null, verified: false },
    trouble: null,
    skew: null,
  };
  const draw = (family: DrawnFamily, view: View) =>
    fillPage(templates[family], view, renderer).replace(
      'id="lifeboat"',
      `id="lifeboat" data-seq="${snapshot.seq}" data-until="${claimEnd(snapshot)}"`,
    );
  const as_of = snapshot.generated_at;
  const { incidents, maintenances, retracted } = said;
  const records = [...incidents, ...maintenances, ...retracted.incidents, ...retracted.maintenances];
  const lists = new Map(historyMonths(said, () => '').map(({ month, entries }) => [month, entries]));
  const months = [...lists.keys()].toSorted().reverse();
  const monthPage = (month: string) => {
    const needed = monthsNeeded(month, months, reader.timeZone).map((one) => [one, lists.get(one) ?? []] as const);
    return draw('history', historyView(snapshot, reader, month, { months, lists: new Map(needed), as_of }));
  };
  return [
    ...records.map((record) => {
      const view = recordView(snapshot, reader, record.code, { record, as_of });
      return [`incidents/${record.code}/index.html`, draw('incident', view)] as const;
    }),
    ...months.map((month) => [`history/${month}/index.html`, monthPage(month)] as const),
    ['history/index.html', monthPage(currentMonth(months, reader.now, reader.timeZone))],
    ['index.html', draw('status', statusView(snapshot, reader))],
  ];
}
