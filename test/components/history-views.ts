import { historyEntries } from '../../src/model/history.ts';
import { historyView } from '../../src/model/history-view.ts';
import { recordView } from '../../src/model/record-view.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { Reader, View } from '../../src/model/view.ts';

/** A page of whatever the snapshot names first, whole, taken back, or not held at all. */
export function recordPage(snapshot: Snapshot, reader: Reader): View {
  const { incidents, maintenances, recent } = snapshot.state;
  const [first] = [...maintenances, ...incidents, ...recent].toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const held = first === undefined ? null : { record: first, as_of: first.updated_at };
  return recordView(snapshot, reader, first?.code ?? 'incident0001', held);
}

/** A month of what the snapshot names: with its lists, with older ones, without some, and from the snapshot alone. */
export function historyPage(snapshot: Snapshot, reader: Reader): View {
  const { incidents, maintenances, recent } = snapshot.state;
  const entries = historyEntries([...incidents, ...recent], maintenances, () => '');
  const lists = Map.groupBy(entries, ({ started_at }) => started_at.slice(0, 7));
  const months = [...lists.keys()];
  if (snapshot.seq % 3 === 0) return historyView(snapshot, reader, null, null);
  const held = snapshot.seq % 3 === 1 ? lists : new Map([...lists].slice(1));
  const as_of = snapshot.seq % 2 === 0 ? snapshot.generated_at : '2026-11-21T00:00:00.000Z';
  return historyView(snapshot, reader, months.at(-1) ?? null, { months, lists: held, as_of });
}

/** As the server writes it, as a script finds it, and after a press of a button. */
export function subscribePage({ page, seq }: Snapshot, { ticking }: Reader): View {
  const base = seq % 2 === 0 ? null : 'https://status.example';
  if (!ticking) return { type: 'subscribe', page, base, copy: { type: 'none' }, push: null };
  const copy = seq % 3 === 0 ? ({ type: 'ready' } as const) : ({ type: 'copied', id: 'badge-html' } as const);
  return { type: 'subscribe', page, base, copy, push: null };
}
