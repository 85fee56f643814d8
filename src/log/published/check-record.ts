import { KIND, organisation } from '../../model/event.ts';
import type { Folded } from '../../model/folded.ts';
import { foldRoster, type Roster } from '../../model/roster.ts';
import type { Platform } from '../../platform.ts';
import type { Verify } from '../check.ts';
import { linesOf } from '../lines.ts';
import { checkFiles } from './check-files.ts';
import { checkNames, checkPart, checkParts, PARTS_FILE } from './check-parts.ts';
import { type CheckedSnapshot, checkSnapshot, SNAPSHOT_FILE } from './check-snapshot.ts';
import { checkEvidence, checkState } from './check-state.ts';
import { type CheckedLines, checkEventLines, MAX_LINE_BYTES } from './event-lines.ts';
import { Fault, type FaultCode } from './fault.ts';
import { rootNamedIn } from './findings.ts';
import { type Inputs, inputOf, isRewritten, readInputs } from './inputs.ts';
import { checkPurged } from './purged.ts';
import type { ReadFile } from './read-file.ts';
import { EVIDENCE_FILE, recordFiles } from './record-files.ts';
import { createSteps, type Step, type StepName } from './steps.ts';
import { LOG_FILE } from './texts.ts';

export interface Checking {
  /** Public root key (hex): whose it must be; undefined: whose it says itself. */
  readonly root: string | undefined;
  readonly read: ReadFile;
  readonly verify: Verify;
  readonly platform: Pick<Platform, 'now' | 'after'>;
  /** Also the own files of what parts.json leaves to the lists of the months; those lists are checked in any case. */
  readonly whole: boolean;
  readonly onStep?: (step: Step) => void;
  readonly onProgress?: (step: StepName, done: number, of: number) => void;
}

/** What became of each step, and what was found as far as it was right. */
export interface CheckedRecord {
  readonly steps: readonly Step[];
  readonly root: string | undefined;
  readonly lines: CheckedLines | undefined;
  readonly roster: Roster | undefined;
  readonly snapshot: CheckedSnapshot | undefined;
  readonly folded: Folded | undefined;
  /** How many data files were compared. */
  readonly files: number;
}

/** What a publisher that is writing just then can make of a sound record: newer files beside the last snapshot. */
const WRITING: readonly FaultCode[] = [
  'parts_hash',
  'parts_other',
  'part_hash',
  'state_page',
  'state_folded',
  'state_times',
  'not_from_log',
  'unfinished',
];
/** How often, and how long apart, the snapshot is looked at again before a record is called wrong for that. */
const [LOOKS, LOOK_MS] = [3, 200];

/**
 * Checks a published record from its files alone: the log line by line, the roster, the snapshot and its publisher, the
 * list of hashes, the state folded again, and every file that follows. Never throws for what it finds. A publisher that
 * writes meanwhile is waited for once.
 */
export async function checkRecord(checking: Checking): Promise<CheckedRecord> {
  const inputs = await readInputs(checking.read);
  const checked = await checkInputs(inputs, checking);
  if (checked.steps.every(({ result }) => result === 'right')) return checked;
  const mayBeWriting = checked.steps.some(({ why }) => why?.type === 'fault' && WRITING.includes(why.code));
  for (let look = 0; look === 0 || (mayBeWriting && look < LOOKS); look += 1) {
    if (look > 0) await new Promise<void>((resolve) => checking.platform.after(LOOK_MS, resolve));
    if (await isRewritten(inputs, checking.read)) return checkInputs(await readInputs(checking.read), checking);
  }
  return checked;
}

async function checkInputs(inputs: Inputs, { root: given, verify, ...checking }: Checking): Promise<CheckedRecord> {
  const steps = createSteps(checking.onStep);
  const progress = (name: StepName) => (done: number, of: number) => checking.onProgress?.(name, done, of);
  const lines = await steps.run('signatures', [], () => readLog(inputs, given, verify, progress('signatures')));
  const root = given ?? rootNamedIn(lines?.events ?? []);
  const roster = await steps.run('roster', [lines], (held) => readRoster(held, root));
  const snapshot = await steps.run('snapshot', [roster], (known) =>
    checkSnapshot(inputOf(inputs, SNAPSHOT_FILE), known, verify, checking.platform.now()),
  );
  const parts = await steps.run('parts', [snapshot], (signed) =>
    checkParts(inputOf(inputs, PARTS_FILE), signed.snapshot),
  );
  const stated = await steps.run('state', [lines, roster, snapshot], async ({ events }, known, signed) => {
    const file = inputOf(inputs, EVIDENCE_FILE);
    if (parts !== undefined) checkPart(parts, EVIDENCE_FILE, file);
    const evidence = await checkEvidence(file, known, verify);
    const folded = checkState(signed, events, evidence, known);
    return {
      folded,
      record: recordFiles({ ...evidence, roster: known, folded, events: [...events, ...evidence.pulses] }),
    };
  });
  const files = await steps.run('files', [stated, parts, snapshot], ({ record }, named, { snapshot: { state } }) => {
    checkNames(named, record, state);
    return checkFiles({ ...checking, inputs, parts: named, record, onProgress: progress('files') });
  });
  return { steps: steps.done, root, lines, roster, snapshot, folded: stated?.folded, files: files ?? 0 };
}

function readLog(
  inputs: Inputs,
  root: string | undefined,
  verify: Verify,
  onProgress: (done: number, of: number) => void,
): Promise<CheckedLines> {
  const bytes = inputOf(inputs, LOG_FILE);
  const of = countLines(bytes);
  return checkEventLines(LOG_FILE, linesOf([bytes], MAX_LINE_BYTES), {
    org: root === undefined ? undefined : organisation(root),
    kinds: [KIND.roster, KIND.public],
    order: 'log',
    verify,
    onProgress: (done) => onProgress(done, of),
  });
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}

/** Who may sign what, from the root key on. @throws Fault */
function readRoster({ events, purged }: CheckedLines, root: string | undefined): Roster {
  if (root === undefined) throw new Fault(LOG_FILE, 'no_root');
  const roster = foldRoster(events, root);
  if (roster.keys.size === 0) throw new Fault(LOG_FILE, 'no_roster', root);
  checkPurged(LOG_FILE, purged, roster);
  return roster;
}
