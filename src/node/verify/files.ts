import { basename, dirname, join } from 'node:path';
import { verifyEvent } from '../../log/event.ts';
import { linesOf } from '../../log/lines.ts';
import { checkSnapshot } from '../../log/published/check-snapshot.ts';
import { type CheckedLines, checkEventLines, MAX_LINE_BYTES } from '../../log/published/event-lines.ts';
import { Fault } from '../../log/published/fault.ts';
import { rootNamedIn } from '../../log/published/findings.ts';
import { checkPurged } from '../../log/published/purged.ts';
import { KIND, organisation, type SignedEvent } from '../../model/event.ts';
import { REGULAR_KINDS } from '../../model/kind-sets.ts';
import { foldRoster } from '../../model/roster.ts';
import { fastVerify } from '../fast-verify.ts';
import { openFile } from '../lines.ts';
import { startProgress } from '../people/progress.ts';
import { PlainError } from '../plain-error.ts';
import { aloneNote, notesOn } from './findings.ts';
import type { Authority, Checked } from './place.ts';
import { ageNotes } from './site.ts';
import { folderSource } from './source.ts';
import { orWrongThing, WrongThing } from './wrong-thing.ts';

/** An export, or the public log alone: each line, then what the whole of it says. @throws WrongThing */
export async function checkExport(path: string, { root: given, events: known }: Authority): Promise<Checked> {
  const org = given === undefined ? undefined : organisation(given);
  const { events, purged } = await orWrongThing(checkLines(path, org));
  const all = [...known, ...events];
  const root = given ?? rootNamedIn(all);
  const roster = root === undefined ? undefined : foldRoster(all, root);
  await orWrongThing(() => checkPurged(path, purged, roster));
  if (roster === undefined)
    return { root, counts: { events: events.length }, notes: ['No roster is in it: who may sign is not known.'] };
  const found = notesOn(events, roster, purged.size);
  return { root, counts: found.counts, notes: [...aloneNote(given), ...found.notes] };
}

/** A public log that was downloaded alone has an order of its own, and is as right as an export. @throws Fault */
async function checkLines(path: string, org: string | undefined): Promise<CheckedLines> {
  const progress = startProgress();
  const verify = await fastVerify();
  const inOrder = async (order: 'id' | 'log') =>
    checkEventLines(path, linesOf(await openFile(path), MAX_LINE_BYTES), {
      ...{ org, kinds: REGULAR_KINDS, order, verify },
      onProgress: (checked) => progress.show(() => `${checked} events checked …`),
    });
  try {
    return await inOrder('id').catch((byId: unknown) => {
      if (!(byId instanceof Fault) || byId.code !== 'not_by_id') throw byId;
      return inOrder('log').catch((inLog: unknown) => {
        // In neither order: it is an export, whose order is the strict one.
        throw inLog instanceof Fault && inLog.code === 'not_in_order' ? byId : inLog;
      });
    });
  } finally {
    progress.end();
  }
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
  const checking = checkSnapshot(bytes ?? new Uint8Array(), foldRoster(all, root), verifyEvent, now);
  const { snapshot } = await orWrongThing(checking, () => path);
  const { components, incidents } = snapshot.state;
  return {
    root,
    counts: { seq: snapshot.seq, components: components.length, incidents: incidents.length },
    notes: [...aloneNote(given), ...ageNotes(snapshot, now)],
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
