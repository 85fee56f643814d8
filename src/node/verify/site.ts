import { type CheckedRecord, checkRecord } from '../../log/published/check-record.ts';
import { SNAPSHOT_FILE } from '../../log/published/check-snapshot.ts';
import { LOG_FILE } from '../../log/published/texts.ts';
import { isoTime } from '../../model/clock.ts';
import { claimEnd } from '../../model/freshness.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { fastVerify } from '../fast-verify.ts';
import { startProgress } from '../people/progress.ts';
import { nodePlatform } from '../platform.ts';
import { aloneNote, type Findings, notesOn } from './findings.ts';
import type { Source } from './source.ts';
import { checkVault } from './vault.ts';
import { checkWorker } from './worker.ts';
import { WrongThing, wrongThing } from './wrong-thing.ts';

/** Said of every site that is right, so that nobody takes it for more. */
const COMPARED =
  'Compared: the log, the snapshot, every file that parts.json names (API, feeds, bodies of errors), what the service worker keeps, and sealed files.';
const NOT_COMPARED =
  'Not compared: pages drawn as HTML, 404.html, robots.txt, and what only hosts read; a browser draws pages again from what was compared, but with its scripts switched off nothing checks them.';

/** Whether this is a published site at all. */
export async function isSite(source: Source): Promise<boolean> {
  const found = await Promise.all([SNAPSHOT_FILE, LOG_FILE, 'sw.js'].map((path) => source.read(path)));
  return found.some((file) => file !== undefined);
}

/** A published site: its record, whose root its pages name, and what the service worker and the vault hold. @throws WrongThing */
export async function checkSite(
  source: Source,
  given: string | undefined,
  now: number,
): Promise<Findings & { root: string }> {
  const { root, lines, roster, snapshot, folded, files } = await readRecord(source, given, now);
  // A record without a fault holds all of them.
  if (root === undefined || lines === undefined || roster === undefined || snapshot === undefined)
    throw new WrongThing(source.nameOf(LOG_FILE), 'it holds no roster that a root key signed');
  await checkRootOfPage(source, root);
  await checkErrorPage(source);
  const worker = await checkWorker(source);
  const vault = await checkVault(source);
  const found = notesOn(lines.events, roster, lines.purged.size);
  const incidents = folded?.said.incidents.length ?? 0;
  return {
    root,
    counts: { ...found.counts, incidents, data_files: files, kept_files: worker.files, vault_files: vault.files },
    notes: [
      ...aloneNote(given),
      ...ageNotes(snapshot.snapshot, now),
      ...found.notes,
      ...worker.notes,
      ...vault.notes,
      COMPARED,
      NOT_COMPARED,
    ],
  };
}

async function readRecord(source: Source, root: string | undefined, now: number): Promise<CheckedRecord> {
  const progress = startProgress();
  try {
    const checked = await checkRecord({
      root,
      platform: { ...nodePlatform, now: () => now },
      read: source.read,
      verify: await fastVerify(),
      whole: true,
      onProgress: (step, done, of) => progress.show(() => `${step}: ${done} of ${of} checked …`),
    });
    for (const { why } of checked.steps) if (why?.type === 'fault') throw wrongThing(why, source.nameOf);
    return checked;
  } finally {
    progress.end();
  }
}

/** A snapshot whose time is over is right, and says nothing of now. */
export function ageNotes(snapshot: Snapshot, now: number): readonly string[] {
  const end = claimEnd(snapshot);
  return now < end ? [] : [`The snapshot was to be believed until ${isoTime(end)}; it says nothing of now.`];
}

/** One host finds the body of a 404 by this name; it must be the one that parts.json names. Hosts give it out as they like. */
async function checkErrorPage(source: Source): Promise<void> {
  if ((await source.list('api')) === undefined) return;
  const [page, body] = [await source.read('api/404.html'), await source.read('api/404.json')];
  if (page === undefined || body === undefined || Buffer.compare(page, body) !== 0)
    throw new WrongThing(source.nameOf('api/404.html'), 'it is not the same as api/404.json');
}

/** The page tells every reader whom to believe. */
async function checkRootOfPage(source: Source, root: string): Promise<void> {
  for (const path of ['index.html', 'history/index.html', 'shell/status/index.html']) {
    const html = Buffer.from((await source.read(path)) ?? '').toString('utf8');
    const named = /id="site">\{[^<]*"root":"([0-9a-f]{64})"/.exec(html)?.[1];
    if (named !== root) throw new WrongThing(source.nameOf(path), 'it does not name the root key of this organisation');
  }
}
