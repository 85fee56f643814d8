import { en } from '../i18n/en.ts';
import { firstSpoken, LANGUAGE_NAMES } from '../i18n/languages.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Language } from '../model/language.ts';
import type { Shelf } from './shelf.ts';

const KEY = 'lifeboat:language';
/** Nobody waits longer than this for words in their own language before the state is drawn. */
const WITHIN_MS = 1_500;

/** English is in the page's entry itself; of the others only the reader's own is fetched. */
const SETS: Readonly<Record<Language, () => Promise<Messages>>> = {
  en: async () => en,
  'pt-BR': async () => (await import('../i18n/pt-BR.ts')).ptBr,
  es: async () => (await import('../i18n/es.ts')).es,
};

/** What the reader chose here, else the first of the browser's languages that the page speaks, else the operator's. */
export function readerLanguage(shelf: Shelf, preferred: readonly string[], operators: string): Language {
  const chosen = shelf.getItem(KEY);
  return firstSpoken([...(chosen === null ? [] : [chosen]), ...preferred, operators]) ?? 'en';
}

export function isLanguage(tag: string | undefined): tag is Language {
  return tag !== undefined && tag in LANGUAGE_NAMES;
}

/** Keeps the reader's choice; false where the storage is full or forbidden, and the choice lasts as long as the page. */
export function keepLanguage(shelf: Shelf, language: Language): boolean {
  try {
    shelf.setItem(KEY, language);
    return true;
  } catch {
    return false;
  }
}

/** The words of `language`; English, which everybody can at least read, where they cannot be had in time. */
export async function wordsOf(language: Language): Promise<Messages> {
  const late = new Promise<Messages>((resolve) => setTimeout(resolve, WITHIN_MS, en));
  return Promise.race([SETS[language]().catch(() => en), late]);
}
