import { type VerifyMessages, verifyEnglish } from '../i18n/verify-en.ts';
import type { Language } from '../model/language.ts';

const SETS: Readonly<Record<Language, () => Promise<VerifyMessages>>> = {
  en: async () => verifyEnglish,
  'pt-BR': async () => (await import('../i18n/verify-pt-BR.ts')).verifyPortuguese,
  es: async () => (await import('../i18n/verify-es.ts')).verifySpanish,
};

/** The sentences of the page that checks the record; English where those of `language` cannot be had. */
export async function verifyWords(language: Language): Promise<VerifyMessages> {
  return SETS[language]().catch(() => verifyEnglish);
}
