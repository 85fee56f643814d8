import { utf8ToBytes } from '@noble/hashes/utils.js';
import { atom, computed } from 'nanostores';
import { MAX_SEALED_BYTES } from '../log/rooms/room.ts';
import { StoreFailure } from '../log/store/damage.ts';
import { canonical } from '../model/canonical.ts';
import { cleaned } from '../model/clean.ts';
import { $messages } from './language.ts';
import { attempt } from './local.ts';
import { say } from './room.ts';
import type { Scratch } from './scratch.ts';

const NAME = 'room';

/** What is being written in the room; kept sealed on this device, so that neither a reload nor a lock loses it. */
export const $draft = atom('');

/** What a message carries beside its text: its time, and at most 16 ids of what came before. */
const ENVELOPE_BYTES = 1_500;

/** Whether the draft is longer than one message may be; said at the composer, since nothing is wrong with the device. */
export const $tooLong = computed(
  $draft,
  (text) => utf8ToBytes(canonical(cleaned({ text: text.trim() }))).length > MAX_SEALED_BYTES - ENVELOPE_BYTES,
);

let scratch: Scratch | null = null;
/** What was to be said when storage had no room or failed; said as soon as it works again, if it still stands there. */
let held: string | null = null;

/** Brings back the draft after unlocking; what was typed meanwhile stays. */
export async function openDraft(opened: Scratch): Promise<void> {
  scratch = opened;
  const kept = await opened.read(NAME);
  if ($draft.get() !== '') await opened.write(NAME, $draft.get());
  else if (kept !== null) $draft.set(kept);
}

export function writeDraft(text: string): void {
  $draft.set(text);
  void scratch?.write(NAME, text);
}

/** Says the draft in the room. Only when it is on this device does the draft go; one that is too long stays, a failure is named and costs no word. */
export async function sendDraft(): Promise<void> {
  const text = $draft.get();
  if (text.trim() === '' || $tooLong.get()) return;
  const { problems, copy } = $messages.get();
  const words = (detail: string) => (held === null ? problems.write(detail) : copy.notSaved(detail));
  const saved = await attempt('write', words, async () => {
    held = null;
    await say(text.trim()).catch((error: unknown) => {
      if (error instanceof StoreFailure) held = text;
      throw error;
    });
  });
  if (saved && $draft.get() === text) writeDraft('');
}

/** Tries again to say what storage did not take; what was changed since then waits for its writer. */
export async function sayHeld(): Promise<void> {
  if (held !== null && held === $draft.get()) await sendDraft();
}

/** Forgets the clear text; the sealed copy stays. */
export function closeDraft(): void {
  scratch = null;
  held = null;
  $draft.set('');
}
