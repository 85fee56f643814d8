import type { CheckedPlace, HeldCheck, VerifyState } from '../components/verify/verify-state.ts';
import { readHeld } from './held-copy.ts';
import type { RecordProgress } from './record-check.ts';
import { verifyRecord } from './record-verifier.ts';
import type { Shelf } from './shelf.ts';
import { siteFiles } from './site-files.ts';
import { knownKeys } from './trust.ts';

interface Run {
  readonly root: string;
  readonly shelf: Shelf;
  readonly place: CheckedPlace;
  readonly onState: (state: VerifyState) => void;
  /** Ends the run before its time. */
  readonly signal: AbortSignal;
}

/** Checks a place's record and tells `onState` how far it has come; resolves when it is done, rejects where it was ended. */
export async function runCheck({ root, shelf, place, onState, signal }: Run): Promise<void> {
  onState({ type: 'running', steps: [], current: 'signatures', done: 0, of: 0 });
  const check = {
    root,
    read: siteFiles(place.base),
    now: () => Date.now(),
    onProgress: (progress: RecordProgress) => onState({ type: 'running', ...progress }),
  };
  const { steps, report } = await verifyRecord(check, signal);
  const isLogUnread = steps[0]?.why?.type === 'unread';
  if (isLogUnread && place.source === 'origin') onState({ type: 'held', steps, held: await checkHeld(root, shelf) });
  else onState({ type: 'done', steps, report });
}

/** The copy on this device: its signature, and whether this device knows its publisher from a roster that it once checked. */
async function checkHeld(root: string, shelf: Shelf): Promise<HeldCheck | null> {
  const held = readHeld(shelf, root);
  if (held === null) return null;
  const { event, snapshot } = held;
  const { checks } = await import('./checks.ts');
  return {
    signature: checks.snapshot(JSON.stringify(event), root) === null ? 'wrong' : 'right',
    publisher: knownKeys(shelf, root).includes(event.pubkey) ? 'right' : 'unchecked',
    key: event.pubkey,
    generated_at: snapshot.generated_at,
  };
}
