import type { HistoryEntry } from './history.ts';
import { addDays, localDay, localDayOf, monthOf, utcDaysOf } from './local-day.ts';

/** Some days of a history page. */
export type Stretch =
  | { readonly type: 'day'; readonly day: string; readonly entries: readonly HistoryEntry[] }
  /** First and last of the days on which, as the lists show, nothing began and nothing went on. */
  | { readonly type: 'quiet'; readonly from: string; readonly until: string }
  /** Days of which a list is missing here: nothing is said of them. */
  | { readonly type: 'unheld'; readonly from: string; readonly until: string };

/** What is known of the past. */
export interface Lists {
  /** UTC months in which anything began, in any order. */
  readonly months: readonly string[];
  /** Those of them whose entries are held whole. */
  readonly held: ReadonlySet<string>;
  /** Of all held months, the newest first. */
  readonly entries: readonly HistoryEntry[];
  /** From when (Unix ms) the lists tell of everything that began; null: since there is anything to tell. */
  readonly since: number | null;
  /** Until when they do. */
  readonly until: number;
}

/** Each entry on exactly one day, the newest day first; entries of one day stay in their order. */
export function groupByDay(entries: readonly HistoryEntry[], timeZone: string): readonly Stretch[] {
  const days = Map.groupBy(entries, ({ started_at }) => localDayOf(started_at, timeZone));
  return [...days].sort(([a], [b]) => (a < b ? 1 : -1)).map(([day, list]) => ({ type: 'day', day, entries: list }));
}

/**
 * The month's page on which an entry stands: that of its day in the reader's zone. At a month's edge that may be another month
 * than UTC's, and where that one has no page, UTC's is taken; so each entry stands on exactly one.
 */
export function pageOf({ started_at }: HistoryEntry, months: readonly string[], timeZone: string): string {
  const local = monthOf(localDayOf(started_at, timeZone));
  return months.includes(local) ? local : monthOf(started_at);
}

/** The UTC months whose lists a month's page is made from; the first and the last day may need a neighbour's. */
export function monthsNeeded(month: string, months: readonly string[], timeZone: string): readonly string[] {
  const edges = [`${month}-01`, lastDay(month)].flatMap((day) => utcDaysOf(day, timeZone)).map(monthOf);
  return [...new Set([month, ...edges])].filter((one) => months.includes(one));
}

/** A month's page, newest first: days with entries, and what the lists show of the days between them. */
export function monthStretches(month: string, lists: Lists, timeZone: string): readonly Stretch[] {
  const shown = lists.entries.filter((entry) => pageOf(entry, lists.months, timeZone) === month);
  const next = lists.months.filter((one) => one > month).toSorted()[0];
  const today = localDay(lists.until, timeZone);
  // Up to the next page, or to the day of the newest word.
  const last = next === undefined || `${next}-01` > today ? today : addDays(`${next}-01`, -1);
  const first = firstDay(month, lists, shown, timeZone);
  return spread(shown, lists, { first, last, month }, timeZone);
}

/** Without lists of months: all that is held, on one page. */
export function recentStretches(lists: Lists, timeZone: string): readonly Stretch[] {
  const first = lists.since === null ? null : addDays(localDay(lists.since, timeZone), 1);
  return spread(lists.entries, lists, { first, last: localDay(lists.until, timeZone), month: null }, timeZone);
}

interface Span {
  readonly first: string | null;
  readonly last: string;
  /** Only of this month's days it is said that they are missing. */
  readonly month: string | null;
}

function spread(
  shown: readonly HistoryEntry[],
  lists: Lists,
  { first, last, month }: Span,
  timeZone: string,
): readonly Stretch[] {
  const days = groupByDay(shown, timeZone);
  const taken = new Set(days.flatMap((stretch) => (stretch.type === 'day' ? [stretch.day] : [])));
  const busy = lists.entries.filter(({ retracted }) => retracted === undefined).map((one) => lasting(one, timeZone));
  const rest: Stretch[] = [];
  for (let day = first ?? addDays(last, 1); day <= last; day = addDays(day, 1)) {
    const held = utcDaysOf(day, timeZone)
      .map(monthOf)
      .every((one) => lists.held.has(one) || !lists.months.includes(one));
    if (!held && (month === null || monthOf(day) === month)) rest.push({ type: 'unheld', from: day, until: day });
    const isBusy = taken.has(day) || busy.some(({ from, until }) => from <= day && day <= until);
    if (held && !isBusy) rest.push({ type: 'quiet', from: day, until: day });
  }
  return [...days, ...joined(rest)].sort((a, b) => (newest(a) < newest(b) ? 1 : -1));
}

/** The first and last day of an entry; one without an end is still going on, a maintenance ahead has not begun. */
function lasting(entry: HistoryEntry, timeZone: string) {
  const from = localDayOf(entry.started_at, timeZone);
  return { from, until: entry.ended_at === null ? '9999' : localDayOf(entry.ended_at, timeZone) };
}

/** Of the oldest month nothing is said before its first entry: who knows since when anybody has kept this list. */
function firstDay(
  month: string,
  { months, held }: Lists,
  shown: readonly HistoryEntry[],
  timeZone: string,
): string | null {
  if (months.some((one) => one < month)) return `${month}-01`;
  const days = shown.map(({ started_at }) => localDayOf(started_at, timeZone)).toSorted();
  return held.has(month) ? (days[0] ?? null) : null;
}

/** Days on end that are alike become one stretch. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const runs: Stretch[] = [];
  for (const next of stretches) {
    const last = runs.at(-1);
    const isAlike = last !== undefined && last.type === next.type && last.type !== 'day' && next.type !== 'day';
    if (isAlike && addDays(last.until, 1) === next.from) runs[runs.length - 1] = { ...last, until: next.until };
    else runs.push(next);
  }
  return runs;
}

function newest(stretch: Stretch): string {
  return stretch.type === 'day' ? stretch.day : stretch.until;
}

function lastDay(month: string): string {
  return addDays(monthOf(addDays(`${month}-01`, 32)).concat('-01'), -1);
}
