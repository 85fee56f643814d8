import { API } from '../../model/api.ts';
import { embedView } from '../../model/embed-view.ts';
import type { Folded } from '../../model/folded.ts';
import { claimEnd } from '../../model/freshness.ts';
import { headlineOf } from '../../model/headline.ts';
import type { HistoryIndex, HistoryMonth } from '../../model/history.ts';
import { monthsNeeded } from '../../model/history-days.ts';
import { currentMonth, type HeldHistory, historyView } from '../../model/history-view.ts';
import { localDay } from '../../model/local-day.ts';
import { statusView } from '../../model/page-view.ts';
import { type PublicRecord, recordsOf } from '../../model/public-record.ts';
import { recordView } from '../../model/record-view.ts';
import type { PublicComponent, Snapshot } from '../../model/snapshot.ts';
import type { Reader, View } from '../../model/view.ts';
import type { Assembly, DrawnFamily } from './assemble.ts';
import { escapeHtml } from './escape-html.ts';
import { sha256 } from './fast-sha256.ts';
import { fillPage } from './template.ts';

/** A page of plain HTML that is drawn only where what it is drawn from has changed. */
export interface Page {
  readonly path: string;
  /** Equal (`===`) to that of the last round where the page need not be drawn again; null: it is drawn in every round. */
  readonly source: unknown;
  readonly draw: () => string;
}

interface Drawing {
  readonly assembly: Assembly;
  readonly snapshot: Snapshot;
  readonly folded: Folded;
  /** The round's data files, by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly host: string;
}

/** Every page with data but the front page: of each incident and maintenance, of each month and the current one, the banner. */
export function recordPages(drawing: Drawing): readonly Page[] {
  const records = recordsOf(drawing.folded.said);
  return [...records.map((record) => recordPage(record, drawing)), ...monthPages(drawing), embedPage(drawing)];
}

export function frontPage({ assembly, snapshot, host }: Drawing): Page {
  const draw = () => drawn(assembly, 'status', snapshot, statusView(snapshot, readerOf(snapshot, host)));
  return { path: 'index.html', source: null, draw };
}

/** The banner is as much of the present as the front page is. */
function embedPage({ assembly, snapshot, host }: Drawing): Page {
  const draw = () => drawn(assembly, 'embed', snapshot, embedView(snapshot, readerOf(snapshot, host)));
  return { path: 'embed/index.html', source: null, draw };
}

/**
 * A record's page says nothing of the present, and is dated by the last word in it: so it follows from the record alone, and
 * thousands of them need not be written again each minute.
 */
function recordPage(record: PublicRecord, { assembly, snapshot, folded, host }: Drawing): Page {
  return {
    path: `incidents/${record.code}/index.html`,
    source: record,
    draw: () => {
      const own = datedBack(snapshot, record.updated_at, folded.state.components);
      const view = recordView(own, readerOf(own, host), record.code, { record, as_of: own.generated_at });
      return drawn(assembly, 'incident', own, view);
    },
  };
}

function datedBack(snapshot: Snapshot, at: string, components: readonly PublicComponent[]): Snapshot {
  const unknown = { status: 'unknown', checked_at: null, changed_at: null, valid_until: null } as const;
  return {
    ...snapshot,
    seq: 0,
    generated_at: at,
    valid_until: at,
    state: {
      groups: [],
      components: components.map((one) => ({ ...one, ...unknown })),
      incidents: [],
      recent: [],
      maintenances: [],
    },
  };
}

/** A month's page says nothing of the present either: it follows from the lists that it needs, and from what day it is. */
function monthPages({ assembly, snapshot, files, host }: Drawing): readonly Page[] {
  const read = (name: string) => files.get(`${API}/${name}.json`) ?? 'null';
  const { months } = JSON.parse(read('history')) as HistoryIndex;
  const reader = readerOf(snapshot, host);
  const { now } = reader;
  const timeZone = snapshot.page.time_zone;
  const page = (path: string, month: string): Page => {
    const sources = monthsNeeded(month, months, timeZone).map((one) => read(`history/${one}`));
    const draw = () => {
      const lists = sources
        .map((text) => JSON.parse(text) as HistoryMonth)
        .map((one) => [one.month, one.entries] as const);
      const held: HeldHistory = { months, lists: new Map(lists), as_of: snapshot.generated_at };
      return drawn(assembly, 'history', snapshot, historyView(snapshot, reader, month, held));
    };
    return { path, source: sha256([month, months.join(), localDay(now, timeZone), ...sources].join('\n')), draw };
  };
  const current = currentMonth(months, now, timeZone);
  return [...months.map((month) => page(`history/${month}/index.html`, month)), page('history/index.html', current)];
}

function readerOf({ generated_at, page }: Snapshot, host: string): Reader {
  return {
    now: Date.parse(generated_at),
    ticking: false,
    timeZone: page.time_zone,
    // In plain HTML nobody has received or verified anything yet.
    copy: { source: 'origin', host, received_at: null, verified: false },
    trouble: null,
    skew: null,
  };
}

function drawn({ templates, renderer }: Assembly, family: DrawnFamily, snapshot: Snapshot, view: View): string {
  const [made, until] = [Date.parse(snapshot.generated_at), htmlEnd(snapshot)];
  const life = `data-made="${made}" data-until="${until}" data-unknown="${escapeHtml(renderer.unknownIn(view))}"`;
  return fillPage(templates[family], view, renderer).replace(
    'id="lifeboat"',
    () => `id="lifeboat" data-seq="${snapshot.seq}" ${life}`,
  );
}

/** Until when HTML may be shown as it is, in Unix ms: green no longer than the word of those components that it leaves out. */
function htmlEnd(snapshot: Snapshot): number {
  const [end, leftOut] = [claimEnd(snapshot), Date.parse(snapshot.state.left_out?.valid_until ?? '')];
  const { status } = headlineOf(snapshot, Date.parse(snapshot.generated_at));
  return status === 'operational' && leftOut < end ? leftOut : end;
}
