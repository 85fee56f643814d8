import type { Language } from '../model/language.ts';

/** What the pages speak, each by its own name. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  'pt-BR': 'Português',
  es: 'Español',
};

/** The first of `preferred` (BCP 47 tags, best first) that the pages speak, by its first part; null where none is. */
export function firstSpoken(preferred: readonly string[]): Language | null {
  for (const tag of preferred) {
    const first = tag.toLowerCase().split('-')[0];
    if (first === 'pt') return 'pt-BR';
    if (first === 'es' || first === 'en') return first;
  }
  return null;
}
