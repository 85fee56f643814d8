import { atom } from 'nanostores';
import { $messages } from './language.ts';
import { attempt } from './local.ts';
import { say } from './room.ts';
import type { Scratch } from './scratch.ts';

const NAME = 'room';

/** What is being written in the room; kept sealed on this device, so that neither a reload nor a lock loses it. */
export const $draft = atom('');

let scratch: Scratch | null = null;

/** Brings back the draft after unlocking; what was typed meanwhile stays. */
export async function openDraft(opened: Scratch): Promise<void> {
  scratch = opened;
  const kept = await opened.read(NAME);
  if (kept !== null && $draft.get() === '') $draft.set(kept);
}

export function writeDraft(text: string): void {
  $draft.set(text);
  void scratch?.write(NAME, text);
}

/** Says the draft in the room. Only when it is on this device does the draft go; a failure is named and costs no word. */
export async function sendDraft(): Promise<void> {
  const text = $draft.get();
  if (text.trim() === '') return;
  const saved = await attempt('write', $messages.get().problems.write, () => say(text.trim()));
  if (saved && $draft.get() === text) writeDraft('');
}

/** Forgets the clear text; the sealed copy stays. */
export function closeDraft(): void {
  scratch = null;
  $draft.set('');
}
