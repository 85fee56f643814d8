import { doubtsEnglish } from '../../i18n/doubts-en.ts';
import { doubtsSpanish } from '../../i18n/doubts-es.ts';
import type { DoubtMessages } from '../../i18n/doubts-messages.ts';
import { doubtsPortuguese } from '../../i18n/doubts-pt-BR.ts';
import type { Language } from '../../model/language.ts';

const SETS: Readonly<Record<Language, DoubtMessages>> = {
  en: doubtsEnglish,
  'pt-BR': doubtsPortuguese,
  es: doubtsSpanish,
};

/** Loaded after the first paint, all three at once: a doubt must not wait for its words. */
export function doubtWords(language: Language): DoubtMessages {
  return SETS[language];
}
