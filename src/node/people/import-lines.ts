import { copySevenFields, MAX_EVENT_BYTES } from '../../log/event.ts';
import { type Line, linesOf } from '../../log/lines.ts';
import type { Log } from '../../log/log.ts';
import { KIND, type SignedEvent } from '../../model/event.ts';
import { REGULAR_KINDS } from '../../model/kind-sets.ts';
import { startProgress } from './progress.ts';

/** What became of the lines of one file. */
export interface Imported {
  /** Lines that have the form of an event or of a purged one, whether or not they were taken in. */
  readonly events: number;
  readonly added: number;
  readonly held: number;
  /** Lines that only say that an event was purged: they carry nothing to take in. */
  readonly purged: number;
  readonly refused: number;
  /** Why, for the first refused lines, in their order. */
  readonly reasons: readonly { readonly line: number; readonly reason: string }[];
}

/** Twice what an event may be: whoever writes JSON with spaces and escapes needs more room. */
const MAX_LINE_BYTES = 2 * MAX_EVENT_BYTES;
const BATCH = 256;
const REASONS = 10;

type Read =
  | { readonly type: 'event'; readonly line: number; readonly event: SignedEvent }
  | { readonly type: 'refused'; readonly line: number; readonly reason: string; readonly isEvent: boolean }
  | { readonly type: 'purged' | 'blank' };

/**
 * Adds the events of a file of JSON lines to the log; `open` gives its bytes and is called twice. Rosters go first: events
 * of authors that nobody knows wait in a bounded limbo, and a large file would overflow it.
 */
export async function importLines(log: Log, open: () => Promise<AsyncIterable<Uint8Array>>): Promise<Imported> {
  const count = { events: 0, added: 0, held: 0, purged: 0, refused: 0 };
  const reasons: { line: number; reason: string }[] = [];
  const progress = startProgress();
  const refuse = (line: number, reason: string) => {
    count.refused += 1;
    reasons.push({ line, reason });
    reasons.sort((a, b) => a.line - b.line).splice(REASONS);
  };

  async function add(batch: readonly Extract<Read, { type: 'event' }>[]): Promise<void> {
    const { valid, added, invalid } = await log.add(batch.map(({ event }) => event));
    const taken = new Set(valid.map(sevenFields));
    const why = [...invalid];
    // The log names reasons in the order of what it was given, without the places.
    for (const { line, event } of batch)
      if (!taken.has(sevenFields(event))) refuse(line, why.shift() ?? 'it does not verify');
    count.added += added.length;
    count.held += valid.length - added.length;
    progress.show(() => `${count.added + count.held + count.refused} events read …`);
  }

  async function pass(wanted: (kind: number) => boolean, isLast: boolean): Promise<void> {
    const batch: Extract<Read, { type: 'event' }>[] = [];
    for await (const line of linesOf(await open(), MAX_LINE_BYTES)) {
      const read = readLine(line);
      if (read.type === 'event' && wanted(read.event.kind)) batch.push(read);
      if (batch.length >= BATCH) await add(batch.splice(0));
      if (!isLast) continue;
      if (read.type === 'refused') refuse(read.line, read.reason);
      if (read.type === 'purged') count.purged += 1;
      if (read.type === 'event' || read.type === 'purged' || (read.type === 'refused' && read.isEvent))
        count.events += 1;
    }
    await add(batch);
  }

  try {
    await pass((kind) => kind === KIND.roster, false);
    await pass((kind) => kind !== KIND.roster, true);
  } finally {
    progress.end();
  }
  return { ...count, reasons };
}

function readLine(line: Line): Read {
  const refused = (reason: string, isEvent = false): Read => ({ type: 'refused', line: line.number, reason, isEvent });
  if (line.type === 'unreadable') return refused(line.reason);
  if (line.text.trim() === '') return { type: 'blank' };
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch {
    return refused('it is no JSON');
  }
  if (isPurged(value)) return { type: 'purged' };
  const event = copySevenFields(value);
  if (typeof event === 'string') return refused(event);
  if (!REGULAR_KINDS.includes(event.kind)) return refused(`its kind ${event.kind} is no part of the log`, true);
  return { type: 'event', line: line.number, event };
}

function isPurged(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('purged' in value)) return false;
  return typeof value.purged === 'string' && /^[0-9a-f]{64}$/.test(value.purged) && !('sig' in value);
}

/** Only an event that says exactly this was judged: another line may claim its id. */
function sevenFields({ id, pubkey, created_at, kind, tags, content, sig }: SignedEvent): string {
  return JSON.stringify([id, pubkey, created_at, kind, tags, content, sig]);
}
