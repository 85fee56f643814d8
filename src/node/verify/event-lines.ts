import { MAX_EVENT_BYTES, type Verified } from '../../log/event.ts';
import { exportLines } from '../../log/export.ts';
import { organisation, type SignedEvent, tagValue } from '../../model/event.ts';
import { fastVerify } from '../fast-verify.ts';
import type { Line } from '../lines.ts';
import { startProgress } from '../people/progress.ts';
import { WrongThing } from './wrong-thing.ts';

/** What a file of events must be. */
export interface Expected {
  /** Public root key; undefined where nobody said whose events they should be: then those of the first line's. */
  readonly root: string | undefined;
  readonly kinds: readonly number[];
  /** An export is sorted by id; the public log of a site has another order, which is checked there. */
  readonly sorted: boolean;
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

/** Checks every line of an export: form, id, signature, organisation, kind, canonical form, order. @throws WrongThing */
export async function checkEventLines(
  file: string,
  lines: AsyncIterable<Line>,
  { root, kinds, sorted }: Expected,
): Promise<CheckedLines> {
  const events: SignedEvent[] = [];
  const purged = new Map<string, PurgedLine>();
  const progress = startProgress();
  const verify = await fastVerify();
  let org = root === undefined ? undefined : organisation(root);
  let last = '';
  try {
    for await (const line of lines) {
      const wrong = (what: string) => new WrongThing(file, what, line.number);
      if (line.type === 'unreadable') throw wrong(line.reason);
      const read = readLine(line.text, kinds, (value) => verify(value, org));
      if (read.type === 'wrong') throw wrong(read.what);
      if (!line.ended) throw wrong('it does not end, so the file was cut off');
      if (sorted && read.id <= last)
        throw wrong(read.id === last ? 'it repeats the line before' : 'it is not sorted by id');
      last = read.id;
      if (read.type === 'purged') {
        purged.set(read.id, { line: line.number, text: line.text });
        continue;
      }
      org ??= tagValue(read.event, 'o');
      events.push(read.event);
      progress.show(() => `${events.length} events checked …`);
    }
  } finally {
    progress.end();
  }
  if (events.length === 0 && purged.size === 0) throw new WrongThing(file, 'it is empty');
  return { events, purged };
}

type Read =
  | { readonly type: 'event'; readonly id: string; readonly event: SignedEvent }
  | { readonly type: 'purged'; readonly id: string }
  | { readonly type: 'wrong'; readonly what: string };

function readLine(text: string, kinds: readonly number[], verify: (value: unknown) => Verified): Read {
  const wrong = (what: string): Read => ({ type: 'wrong', what });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return wrong('it is no JSON');
  }
  if (typeof value === 'object' && value !== null && 'purged' in value) return readPurged(value.purged);
  const verified = verify(value);
  if (verified.type === 'invalid') return wrong(verified.reason);
  const { event } = verified;
  if (!kinds.includes(event.kind)) return wrong(`an event of kind ${event.kind} has no place in it`);
  // The same event in other bytes would make two exports of one log differ.
  if (exportLines([event]) !== `${text}\n`) return wrong('it is not in canonical form');
  return { type: 'event', id: event.id, event };
}

/** What it says beside the id is compared with the roster once all of that is known. */
function readPurged(id: unknown): Read {
  const isId = typeof id === 'string' && /^[0-9a-f]{64}$/.test(id);
  return isId ? { type: 'purged', id } : { type: 'wrong', what: 'it does not name the id of a purged event' };
}
