import { atom } from 'nanostores';

/** The browser's localStorage, or a map in tests. */
export type LocalStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What went wrong with this device's storage, one plain sentence each; shown on every screen. */
export const $problems = atom<readonly string[]>([]);

/** Adds a sentence once. */
export function report(sentence: string): void {
  if (!$problems.get().includes(sentence)) $problems.set([...$problems.get(), sentence]);
}

/** Null also where the browser forbids storage: the caller then works without it. */
export function readLocal(local: LocalStorage, key: string): string | null {
  try {
    return local.getItem(key);
  } catch {
    return null;
  }
}

/** False where the browser refused (full or forbidden); for hints that may be lost. */
export function writeLocal(local: LocalStorage, key: string, value: string | null): boolean {
  try {
    if (value === null) local.removeItem(key);
    else local.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

/** The sentence of an unknown thrown thing. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
