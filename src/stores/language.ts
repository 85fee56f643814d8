import { atom, computed } from 'nanostores';
import { type BridgeMessages, bridgeEnglish } from '../i18n/bridge-en.ts';
import { firstSpoken } from '../i18n/languages.ts';
import type { Language } from '../model/language.ts';

export type { Language } from '../model/language.ts';

/** Each device fetches the words of its own reader only; English is in the page itself. */
const loaders: Readonly<Record<Language, () => Promise<BridgeMessages>>> = {
  en: async () => bridgeEnglish,
  'pt-BR': async () => (await import('../i18n/bridge-pt-BR.ts')).bridgePortuguese,
  es: async () => (await import('../i18n/bridge-es.ts')).bridgeSpanish,
};

export const $language = atom<Language>('en');
export const $messages = atom<BridgeMessages>(bridgeEnglish);
/** For dates: English as most of the world writes it, not as the United States do. */
export const $locale = computed($messages, ({ locale }) => locale);

/** Turns the bridge to `language`. Where its words cannot be fetched it goes on in English, which everybody can at least read. */
export async function speak(language: Language): Promise<void> {
  try {
    const messages = await loaders[language]();
    $messages.set(messages);
    $language.set(language);
  } catch {
    // The server stopped between the page and its words: the next start has them from the worker's cache.
  }
}

/** The first of the reader's languages (BCP 47, best first) that the bridge speaks; English if none. */
export function chooseLanguage(preferred: readonly string[]): Language {
  return firstSpoken(preferred) ?? 'en';
}
