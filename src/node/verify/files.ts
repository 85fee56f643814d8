import { basename, dirname, join } from 'node:path';
import { verifyEvent } from '../../log/event.ts';
import { KIND, organisation, REGULAR_KINDS, type SignedEvent } from '../../model/event.ts';
import { foldRoster } from '../../model/roster.ts';
import { linesOf, openFile } from '../lines.ts';
import { PlainError } from '../plain-error.ts';
import { checkEventLines, MAX_LINE_BYTES } from './event-lines.ts';
import { aloneNote, checkPurged, findingsOf, rootNamedIn } from './findings.ts';
import type { Authority, Checked } from './place.ts';
import { checkSnapshot } from './snapshot.ts';
import { folderSource } from './source.ts';
import { WrongThing } from './wrong-thing.ts';

/** An export: each line, then what the whole of it says. @throws WrongThing */
export async function checkExport(path: string, { root: given, events: known }: Authority): Promise<Checked> {
  const expected = { root: given, kinds: REGULAR_KINDS, sorted: true };
  const { events, purged } = await checkEventLines(path, linesOf(await openFile(path), MAX_LINE_BYTES), expected);
  const all = [...known, ...events];
  const root = given ?? rootNamedIn(all);
  const roster = root === undefined ? undefined : foldRoster(all, root);
  checkPurged(path, purged, roster);
  if (roster === undefined)
    return { root, counts: { events: events.length }, notes: ['No roster is in it: who may sign is not known.'] };
  const found = findingsOf(events, roster, new Set(purged.keys()));
  return { root, counts: found.counts, notes: [...aloneNote(given), ...found.notes] };
}

/** A snapshot alone names its publisher; who that may be is said by the roster.json beside it, or by --dir. */
export async function checkSnapshotFile(
  path: string,
  { root: given, events: known }: Authority,
  now: number,
): Promise<Checked> {
  const source = folderSource(dirname(path));
  const rosters = (await source.read('roster.json')) ?? new TextEncoder().encode('[]');
  const all = [...known, ...rostersIn(join(dirname(path), 'roster.json'), rosters, given)];
  const root = given ?? rootNamedIn(all);
  if (root === undefined)
    throw new PlainError(
      `${path} can only be verified with a roster: give --dir, or put the site's roster.json beside it.`,
    );
  const bytes = await source.read(basename(path));
  const { snapshot, notes } = checkSnapshot(path, bytes ?? new Uint8Array(), foldRoster(all, root), now);
  const { components, incidents } = snapshot.state;
  return {
    root,
    counts: { seq: snapshot.seq, components: components.length, incidents: incidents.length },
    notes: [...aloneNote(given), ...notes],
  };
}

function rostersIn(file: string, bytes: Uint8Array, root: string | undefined): readonly SignedEvent[] {
  const values = parseList(file, bytes);
  return values.map((value, position) => {
    const verified = verifyEvent(value, root === undefined ? undefined : organisation(root));
    if (verified.type === 'ok' && verified.event.kind === KIND.roster) return verified.event;
    const what = verified.type === 'ok' ? 'it is no roster' : verified.reason;
    throw new WrongThing(file, `event ${position + 1} is wrong: ${what}`);
  });
}

function parseList(file: string, bytes: Uint8Array): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (Array.isArray(value)) return value;
  } catch {
    // The sentence below says what is expected.
  }
  throw new WrongThing(file, 'it is no list of rosters');
}
