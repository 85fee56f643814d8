import { claimEnd } from '../../model/freshness.ts';
import { historyView, incidentView, statusView } from '../../model/page-view.ts';
import type { PublicIncident, Snapshot } from '../../model/snapshot.ts';
import type { Reader, View } from '../../model/view.ts';
import type { Assembly, DrawnFamily } from './assemble.ts';
import { fillPage } from './template.ts';

/** Plain HTML of every page with data: incidents first, the front page last. */
export function drawnPages(
  { templates, renderer }: Assembly,
  snapshot: Snapshot,
  incidents: readonly PublicIncident[],
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
  return [
    ...incidents.map((incident) => {
      const view = incidentView(snapshot, reader, incident.code, incident);
      return [`incidents/${incident.code}/index.html`, draw('incident', view)] as const;
    }),
    ['history/index.html', draw('history', historyView(snapshot, reader))],
    ['index.html', draw('status', statusView(snapshot, reader))],
  ];
}
