import type { CheckedPlace, HeldCheck, VerifyState } from '../components/verify/verify-state.ts';
import { browserPlatform } from '../log/browser-platform.ts';
import type { Verify } from '../log/check.ts';
import { verifyEvent } from '../log/event.ts';
import { checkRecord } from '../log/published/check-record.ts';
import { Unread } from '../log/published/inputs.ts';
import { reportOf } from '../log/published/report.ts';
import type { Step, StepName } from '../log/published/steps.ts';
import { createVerifyPool } from '../log/verify-pool.ts';
import threadAddress from '../log/verify-worker.ts?worker&url';
import { organisation } from '../model/event.ts';
import { readHeld } from './held-copy.ts';
import type { Shelf } from './shelf.ts';
import { siteFiles } from './site-files.ts';
import { threadCount, threadMaker } from './threads.ts';
import { knownKeys } from './trust.ts';

/** Checks a place's record and tells `onState` how far it has come; resolves when it is done. */
export type RunCheck = (place: CheckedPlace, onState: (state: VerifyState) => void) => Promise<void>;

/** The signatures are checked in threads, so that the page stays free. */
export function createCheck(root: string, shelf: Shelf): RunCheck {
  const pool = createVerifyPool({
    makeThread: threadMaker(threadAddress),
    size: threadCount(),
    platform: browserPlatform,
  });
  return (place, onState) => run({ root, shelf, verify: pool.verify, place, onState });
}

interface Running {
  readonly root: string;
  readonly shelf: Shelf;
  readonly verify: Verify;
  readonly place: CheckedPlace;
  readonly onState: (state: VerifyState) => void;
}

async function run({ root, shelf, verify, place, onState }: Running): Promise<void> {
  let steps: readonly Step[] = [];
  const show = (current: StepName, done: number, of: number) => onState({ type: 'running', steps, current, done, of });
  show('signatures', 0, 0);
  const checked = await checkRecord({
    root,
    read: siteFiles(place.base),
    verify,
    platform: browserPlatform,
    // The own files of old incidents are thousands of requests; their hashes are checked, and each again when it is opened.
    whole: false,
    onStep: (step) => {
      steps = step.name === 'signatures' ? [step] : [...steps, step];
    },
    onProgress: show,
  });
  const isLogUnread = checked.steps[0]?.why instanceof Unread;
  if (isLogUnread && place.source === 'origin')
    onState({ type: 'held', steps: checked.steps, held: checkHeld(root, shelf) });
  else onState({ type: 'done', steps: checked.steps, report: reportOf(checked) });
}

/** The copy on this device: its signature, and whether this device knows its publisher from a roster that it once checked. */
function checkHeld(root: string, shelf: Shelf): HeldCheck | null {
  const held = readHeld(shelf, root);
  if (held === null) return null;
  const { event, snapshot } = held;
  return {
    signature: verifyEvent(event, organisation(root)).type === 'ok' ? 'right' : 'wrong',
    publisher: knownKeys(shelf, root).includes(event.pubkey) ? 'right' : 'unchecked',
    key: event.pubkey,
    generated_at: snapshot.generated_at,
  };
}
