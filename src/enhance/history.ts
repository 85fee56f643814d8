// Loaded on the history's pages alone: the lists of months, each believed only by its hash.
import { API } from '../model/api.ts';
import type { HistoryEntry, HistoryIndex, HistoryMonth } from '../model/history.ts';
import { monthsNeeded } from '../model/history-days.ts';
import { currentMonth, type HeldHistory } from '../model/history-view.ts';
import { heldPart, type Parts, parsed, type Vouching } from './parts.ts';

/**
 * The lists that a month's page needs in this zone: those that the snapshot vouches for where they can be had, else as this
 * device last checked them. Null where it never had the list of months. `month` null: the newest that has begun.
 */
export async function readHistory(
  { root, snapshot }: Vouching,
  parts: Parts | null,
  month: string | null,
  timeZone: string,
): Promise<HeldHistory | null> {
  const times: string[] = [];
  async function read<Value>(name: string): Promise<Value | null> {
    const path = `/${API}/${name}.json`;
    const signed = (await parts?.read(path)) ?? null;
    const held = signed === null ? await heldPart(root, path) : { text: signed, as_of: snapshot.generated_at };
    const value = parsed<Value>(held?.text ?? null);
    if (held !== null && value !== null) times.push(held.as_of);
    return value;
  }
  const index = await read<HistoryIndex>('history');
  if (index === null) return null;
  const shown = month ?? currentMonth(index.months, Date.parse(snapshot.generated_at), timeZone);
  const lists = new Map<string, readonly HistoryEntry[]>();
  for (const needed of monthsNeeded(shown, index.months, timeZone)) {
    const list = await read<HistoryMonth>(`history/${needed}`);
    if (list !== null) lists.set(needed, list.entries);
  }
  return { months: index.months, lists, as_of: times.toSorted()[0] ?? snapshot.generated_at };
}
