import type { Blindness } from '../../../model/blind-spans.ts';
import type { IsoTime } from '../../../model/clock.ts';
import type { PublicFold } from '../../../model/incidents.ts';
import { isMaintenance, type PublicRecord, recordsOf } from '../../../model/public-record.ts';

/**
 * When anything was last written of each component besides what watchers saw of it, by id, or when it became unknown or known
 * again. As words end, a watcher's older word speaks again: without these a time would go back, and who syncs by it would keep
 * the trouble.
 */
export function lastWords(said: PublicFold, { spans, told }: Blindness): ReadonlyMap<string, IsoTime> {
  const last = new Map<string, IsoTime>();
  const tell = (id: string, at: IsoTime) => {
    if (at > (last.get(id) ?? '')) last.set(id, at);
  };
  for (const record of recordsOf(said)) for (const id of namedIn(record)) tell(id, record.updated_at);
  for (const [id, { at }] of said.settings) tell(id, at);
  for (const { components, from, until } of [...spans, ...told]) for (const id of components) tell(id, until ?? from);
  return last;
}

function namedIn(record: PublicRecord): readonly string[] {
  if (isMaintenance(record)) return record.components;
  const earlier = record.updates.flatMap(({ components }) => components ?? []);
  return [...record.components, ...earlier].map(({ id }) => id);
}
