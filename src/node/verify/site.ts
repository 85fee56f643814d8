import { claimsHash } from '../../log/published/claims.ts';
import { lastPage } from '../../log/published/page-chain.ts';
import { partsFile } from '../../log/published/parts-file.ts';
import { EVIDENCE_FILE, type Evidence, recordFiles } from '../../log/published/record-files.ts';
import { API, sha256 } from '../../log/published/texts.ts';
import { KIND, type SignedEvent } from '../../model/event.ts';
import { foldPublic } from '../../model/folded.ts';
import { foldIncidents } from '../../model/incidents.ts';
import { foldRoster, type Roster } from '../../model/roster.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { isOpenIncident } from '../../model/status.ts';
import { linesOf } from '../lines.ts';
import { checkEventLines, MAX_LINE_BYTES } from './event-lines.ts';
import { aloneNote, checkPurged, type Findings, findingsOf, rootNamedIn } from './findings.ts';
import { checkSnapshot } from './snapshot.ts';
import type { Source } from './source.ts';
import { checkVault } from './vault.ts';
import { checkWorker } from './worker.ts';
import { WrongThing } from './wrong-thing.ts';

const LOG = 'log/public.jsonl';
const SNAPSHOT = `${API}/snapshot.json`;
const PARTS = `${API}/parts.json`;

/** Whether this is a published site at all. */
export async function isSite(source: Source): Promise<boolean> {
  const found = await Promise.all([SNAPSHOT, LOG, 'sw.js'].map((path) => source.read(path)));
  return found.some((file) => file !== undefined);
}

/**
 * A published site: the public log line by line, the snapshot, and that everything else follows from the two, byte for
 * byte. A publisher that writes meanwhile is waited for once. @throws WrongThing
 */
export async function checkSite(
  source: Source,
  root: string | undefined,
  now: number,
): Promise<Findings & { root: string }> {
  const before = await source.read(SNAPSHOT);
  try {
    return await check(source, root, now);
  } catch (error) {
    const after = await source.read(SNAPSHOT);
    const isRewritten = before !== undefined && after !== undefined && !Buffer.from(before).equals(Buffer.from(after));
    if (!isRewritten) throw error;
    return await check(source, root, now);
  }
}

async function check(source: Source, given: string | undefined, now: number): Promise<Findings & { root: string }> {
  const wrong = (path: string, what: string) => new WrongThing(source.nameOf(path), what);
  const need = async (path: string) => {
    const file = await source.read(path);
    if (file === undefined) throw wrong(path, 'it is missing');
    return file;
  };
  const log = await need(LOG);
  const { events, purged } = await checkEventLines(source.nameOf(LOG), linesOf(onePart(log), MAX_LINE_BYTES), {
    root: given,
    kinds: [KIND.roster, KIND.public],
    sorted: false,
  });
  const root = given ?? rootNamedIn(events);
  if (root === undefined) throw wrong(LOG, 'it holds no roster that a root key signed');
  const roster = foldRoster(events, root);
  checkPurged(source.nameOf(LOG), purged, roster);
  const { event, snapshot, notes } = checkSnapshot(source.nameOf(SNAPSHOT), await need(SNAPSHOT), roster, now);
  checkState(source.nameOf(SNAPSHOT), snapshot, event, events, roster);
  const evidence = JSON.parse(Buffer.from(await need(EVIDENCE_FILE)).toString('utf8')) as Evidence;
  const all = [...events, ...evidence.pulses];
  const folded = foldPublic(all, roster, evidence.site, Date.parse(snapshot.generated_at));
  const { said } = folded;
  const files = recordFiles({ site: evidence.site, roster, folded, events: all });
  // The newest publisher may have folded more than its log: so what is published is checked first, then compared.
  const parts = Buffer.from(await need(PARTS)).toString('utf8');
  if (sha256(parts) !== snapshot.parts) throw wrong(PARTS, 'it does not have the hash that the snapshot names');
  for (const [path, text] of files) {
    if (Buffer.from(await need(path)).toString('utf8') !== text)
      throw wrong(path, `it is not what the events of ${LOG} say`);
  }
  if (parts !== partsFile(files, snapshot.state))
    throw wrong(PARTS, `it names other files than those that follow from ${LOG}`);
  await checkRootOfPage(source, root);
  const worker = await checkWorker(source);
  const vault = await checkVault(source);
  const found = findingsOf(events, roster, new Set(purged.keys()));
  return {
    root,
    counts: { ...found.counts, incidents: said.incidents.length, kept_files: worker.files, vault_files: vault.files },
    notes: [...aloneNote(given), ...notes, ...found.notes, ...worker.notes, ...vault.notes],
  };
}

/** The state must be the one of the publisher's last `page` event, and tell of the incidents that the log tells of. */
function checkState(
  file: string,
  { state }: Snapshot,
  by: SignedEvent,
  events: readonly SignedEvent[],
  roster: Roster,
): void {
  const page = lastPage(events, by.pubkey);
  if (page?.state_sha256 !== claimsHash(state))
    throw new WrongThing(file, `its state is not the one that its publisher's last page event in ${LOG} names`);
  const open = foldIncidents(events, roster).incidents.filter(({ status }) => isOpenIncident(status));
  const shown = new Map(state.incidents.map((incident) => [incident.code, incident.status]));
  for (const { code, status } of open) {
    const isLeftOut = !shown.has(code) && (state.left_out?.incidents ?? 0) > 0;
    if (!isLeftOut && shown.get(code) !== status)
      throw new WrongThing(file, `it does not show incident ${code} as ${status}`);
    shown.delete(code);
  }
  const [invented] = shown.keys();
  if (invented !== undefined)
    throw new WrongThing(file, `it shows the incident ${invented}, which is not open in ${LOG}`);
}

/** The page tells every reader whom to believe. */
async function checkRootOfPage(source: Source, root: string): Promise<void> {
  for (const path of ['index.html', 'history/index.html', 'shell/status/index.html']) {
    const html = Buffer.from((await source.read(path)) ?? '').toString('utf8');
    const named = /id="site">\{[^<]*"root":"([0-9a-f]{64})"/.exec(html)?.[1];
    if (named !== root) throw new WrongThing(source.nameOf(path), 'it does not name the root key of this organisation');
  }
}

async function* onePart(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
