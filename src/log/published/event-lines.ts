import { type SignedEvent, tagValue } from '../../model/event.ts';
import type { Verify } from '../check.ts';
import { MAX_EVENT_BYTES, type Verified } from '../event.ts';
import { exportLines } from '../export.ts';
import type { Line } from '../lines.ts';
import { Fault } from './fault.ts';
import { placeInLog } from './log-order.ts';

/** What a file of events must be. */
export interface Expected {
  /** `o` of every event (DESIGN §4); undefined where nobody said whose they should be: then that of the first line. */
  readonly org: string | undefined;
  readonly kinds: readonly number[];
  /** An export is sorted by id; the public log has the order of `log-order.ts`. */
  readonly order: 'id' | 'log';
  readonly verify: Verify;
  readonly onProgress?: (checked: number) => void;
}

export interface PurgedLine {
  readonly line: number;
  readonly text: string;
}

export interface CheckedLines {
  readonly events: readonly SignedEvent[];
  /** By id, the lines of events whose content was dropped. */
  readonly purged: ReadonlyMap<string, PurgedLine>;
}

/** A line is an event and at most 64 KiB of it; beside that a few commas. */
export const MAX_LINE_BYTES = MAX_EVENT_BYTES + 256;
/** Signatures that are asked for at once: threads work side by side, and memory stays bounded. */
const BATCH = 400;

/** Checks every line: form, id, signature, organisation, kind, canonical form, order. @throws Fault: the first wrong line */
export async function checkEventLines(
  file: string,
  lines: AsyncIterable<Line>,
  expected: Expected,
): Promise<CheckedLines> {
  const events: SignedEvent[] = [];
  const purged = new Map<string, PurgedLine>();
  let { org } = expected;
  let last: Read | undefined;
  for await (const batch of batches(lines)) {
    org ??= batch.map(orgIn).find((named) => named !== undefined);
    const reads = await Promise.all(batch.map((line) => readLine(file, line, expected.verify, org ?? '')));
    for (const read of reads) {
      if (read instanceof Fault) throw read;
      checkLine(file, read, last, expected);
      last = read;
      if (read.event === null) purged.set(read.id, { line: read.line, text: read.text });
      else events.push(read.event);
    }
    expected.onProgress?.(events.length + purged.size);
  }
  if (last === undefined) throw new Fault(file, 'empty');
  return { events, purged };
}

/** A line that was read; `event` is null where it says that an event was purged. */
interface Read {
  readonly line: number;
  readonly text: string;
  readonly ended: boolean;
  readonly id: string;
  readonly event: SignedEvent | null;
}

/** A line's own faults are returned, so that the first wrong line is named and not the first that was checked. */
async function readLine(file: string, line: Line, verify: Verify, org: string): Promise<Read | Fault> {
  if (line.type === 'unreadable') return new Fault(file, 'unreadable', line.reason, line.number);
  const { number, text, ended } = line;
  const value = parsed(text);
  if (value === undefined) return new Fault(file, 'not_json', '', number);
  if (typeof value === 'object' && value !== null && 'purged' in value) {
    const id = value.purged;
    const isId = typeof id === 'string' && /^[0-9a-f]{64}$/.test(id);
    return isId ? { line: number, text, ended, id, event: null } : new Fault(file, 'purged_id', '', number);
  }
  const verified: Verified = await verify(value, org);
  if (verified.type === 'invalid') return new Fault(file, 'event', verified.reason, number);
  return { line: number, text, ended, id: verified.event.id, event: verified.event };
}

/** @throws Fault where a line is right in itself and has no place here. */
function checkLine(file: string, { line, text, ended, id, event }: Read, last: Read | undefined, expected: Expected) {
  const wrong = (code: Fault['code'], detail = '') => new Fault(file, code, detail, line);
  if (event !== null && !expected.kinds.includes(event.kind)) throw wrong('kind', String(event.kind));
  // The same event in other bytes would make two exports of one log differ.
  if (event !== null && exportLines([event]) !== `${text}\n`) throw wrong('not_canonical');
  if (!ended) throw wrong('cut_off');
  if (last === undefined) return;
  if (last.id === id) throw wrong('repeated');
  if (expected.order === 'id' && id < last.id) throw wrong('not_by_id');
  if (expected.order === 'log' && placeInLog(last.event, last.id) > placeInLog(event, id)) throw wrong('not_in_order');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // No JSON; the caller says so.
  }
}

/** The organisation that a line names itself. */
function orgIn(line: Line): string | undefined {
  const value = line.type === 'text' ? parsed(line.text) : undefined;
  const { tags } = (value ?? {}) as { tags?: unknown };
  return Array.isArray(tags) ? tagValue({ tags: tags.filter(Array.isArray) }, 'o') : undefined;
}

async function* batches(lines: AsyncIterable<Line>): AsyncGenerator<readonly Line[]> {
  let batch: Line[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
