import { canonical } from './canonical.ts';
import { type IsoTime, isoTime } from './clock.ts';
import { type HistoryEntry, historyEntries, newestFirst } from './history.ts';
import { type Lists, monthStretches, recentStretches } from './history-days.ts';
import { localDay, monthOf } from './local-day.ts';
import { known } from './page-view.ts';
import { silenceOf } from './silence.ts';
import type { PublicState, Snapshot } from './snapshot.ts';
import { RECENT_MS } from './state.ts';
import type { LaterWords, Reader, View } from './view.ts';

/** The lists of months that are at hand. */
export interface HeldHistory {
  /** UTC months in which anything began; null where the index is not at hand. */
  readonly months: readonly string[] | null;
  /** Entries of the months that are held whole. */
  readonly lists: ReadonlyMap<string, readonly HistoryEntry[]>;
  /** When the snapshot that vouches for them was signed. */
  readonly as_of: IsoTime;
}

/**
 * A month's page. What the snapshot says of an entry stands before what an older list says of it; without any list the snapshot
 * alone is shown, and the page says so. `month` null: the newest that has begun.
 */
export function historyView(
  snapshot: Snapshot,
  reader: Reader,
  month: string | null,
  held: HeldHistory | null,
): View & { readonly type: 'history' } {
  const { state, generated_at } = snapshot;
  const stated = historyEntries([...state.incidents, ...state.recent], state.maintenances, () => '');
  const timeZone = reader.timeZone ?? 'UTC';
  const facts = { type: 'history', known: known(snapshot, reader), components: state.components } as const;
  if (held === null || held.months === null) {
    const lists = recentLists(state, stated, generated_at);
    return {
      ...facts,
      month: null,
      stretches: recentStretches(lists, timeZone),
      older: null,
      newer: null,
      as_of: generated_at,
      later: {},
    };
  }
  const later = laterWords(stated, held, snapshot);
  const lists = mergedLists(stated, held, held.months, snapshot);
  const months = lists.months.toSorted().reverse();
  const shown = month ?? currentMonth(months, Date.parse(generated_at), timeZone);
  return {
    ...facts,
    month: shown,
    stretches: monthStretches(shown, lists, timeZone),
    older: months.find((one) => one < shown) ?? null,
    newer: months.findLast((one) => one > shown) ?? null,
    as_of: isoTime(lists.until),
    later,
  };
}

/** What a snapshot newer than the lists says besides them. */
function laterWords(stated: readonly HistoryEntry[], { lists, as_of }: HeldHistory, snapshot: Snapshot): LaterWords {
  if (as_of >= snapshot.generated_at) return {};
  const listed = [...lists.values()].flat();
  const said = (entry: HistoryEntry) => canonical({ ...entry, sha256: '' });
  const before = new Set(listed.map(said));
  const told = stated.filter((entry) => !before.has(said(entry))).map(({ code }) => [code, 'told'] as const);
  const silent = listed.flatMap((entry) => {
    const silence = silenceOf(snapshot, { ...entry, as_of });
    return silence === null ? [] : [[entry.code, silence] as const];
  });
  return Object.fromEntries([...told, ...silent]);
}

/** The newest month that has entries and has begun; else the one that is now. `months`: the newest first. */
export function currentMonth(months: readonly string[], now: number, timeZone: string): string {
  const current = monthOf(localDay(now, timeZone));
  return months.find((one) => one <= current) ?? current;
}

/** The snapshot has all that began in the last 14 days, but for what did not fit and what was taken back. */
function recentLists({ left_out }: PublicState, entries: readonly HistoryEntry[], generated_at: IsoTime): Lists {
  const until = Date.parse(generated_at);
  const isWhole = left_out === undefined || left_out.incidents === 0;
  return { months: [], held: new Set(), entries, since: isWhole ? until - RECENT_MS : until, until };
}

function mergedLists(
  stated: readonly HistoryEntry[],
  { lists, as_of }: HeldHistory,
  months: readonly string[],
  { generated_at }: Snapshot,
): Lists {
  const listed = [...lists.values()].flat();
  // Lists of another snapshot prove nothing by their times, which are the authors' own: they may stand still or go back.
  const newer =
    as_of === generated_at ? stated.filter(({ code }) => !listed.some((entry) => entry.code === code)) : stated;
  const entries = [...newer, ...listed.filter(({ code }) => !newer.some((entry) => entry.code === code))];
  return {
    months: [...new Set([...months, ...newer.map(({ started_at }) => started_at.slice(0, 7))])],
    held: new Set([...lists.keys(), ...newer.map(({ started_at }) => started_at.slice(0, 7)).filter(isNew)]),
    entries: entries.toSorted(newestFirst),
    since: null,
    // A newer snapshot does not go on where they end: it tells nothing of what was taken back, or was reported when long over.
    until: Math.min(Date.parse(as_of), Date.parse(generated_at)),
  };

  /** A month that began after the lists were made: nothing in it is older than they are. */
  function isNew(month: string): boolean {
    return !months.includes(month);
  }
}
