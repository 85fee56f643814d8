import { atom, computed } from 'nanostores';
import { StoreFailure } from '../log/store/damage.ts';
import { $copyProblems, type Problem } from './copy.ts';
import { $messages } from './language.ts';

/** The browser's localStorage, or a map in tests. */
export type LocalStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const $reported = atom<readonly string[]>([]);

/** Everything that is wrong with this device, one plain sentence each; shown on every screen. */
export const $problems = computed([$copyProblems, $reported], (copy, reported): readonly Problem[] => [
  ...copy,
  ...reported.map((sentence) => ({ code: 'failure', sentence })),
]);

export function report(sentence: string): void {
  if (!$reported.get().includes(sentence)) $reported.set([...$reported.get(), sentence]);
}

const failed = new Map<string, string>();

/** Runs `work`. A failure is shown as `say(detail)` until work of the same name succeeds again; false when it failed. */
export async function attempt(
  name: string,
  say: (detail: string) => string,
  work: () => Promise<unknown>,
): Promise<boolean> {
  const before = failed.get(name);
  try {
    await work();
    failed.delete(name);
    if (before !== undefined) $reported.set($reported.get().filter((sentence) => sentence !== before));
    return true;
  } catch (error) {
    failed.set(name, say(sentenceOf(error)));
    report(say(sentenceOf(error)));
    return false;
  }
}

/** Null also where the browser forbids storage: the caller then works without it. */
export function readLocal(local: LocalStorage, key: string): string | null {
  try {
    return local.getItem(key);
  } catch {
    return null;
  }
}

/** `null` forgets the entry. For hints that may be lost: where the browser refuses, nothing is kept. */
export function writeLocal(local: LocalStorage, key: string, value: string | null): void {
  try {
    if (value === null) local.removeItem(key);
    else local.setItem(key, value);
  } catch {
    // Full or forbidden: a hint less.
  }
}

/** The sentence of an unknown thrown thing; of storage in the reader's language. */
export function sentenceOf(error: unknown): string {
  if (error instanceof StoreFailure) return $messages.get().copy.trouble[error.trouble];
  return error instanceof Error ? error.message : String(error);
}
