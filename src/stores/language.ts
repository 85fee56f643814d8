import { atom, computed } from 'nanostores';
import { type BridgeMessages, bridgeEnglish } from '../i18n/bridge-en.ts';
import { bridgeSpanish } from '../i18n/bridge-es.ts';
import { bridgePortuguese } from '../i18n/bridge-pt-BR.ts';
import { messagesFor } from '../i18n/choose.ts';

export type Language = 'en' | 'pt-BR' | 'es';

const messages: Readonly<Record<Language, BridgeMessages>> = {
  en: bridgeEnglish,
  'pt-BR': bridgePortuguese,
  es: bridgeSpanish,
};

export const $language = atom<Language>('en');
/** For dates: English as most of the world writes it, not as the United States do. */
export const $locale = computed($language, (language) => messagesFor(language).locale);
export const $messages = computed($language, (language) => messages[language]);

/** The first of the reader's languages (BCP 47, best first) that the bridge speaks; English if none. */
export function chooseLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'pt') return 'pt-BR';
    if (language === 'es' || language === 'en') return language;
  }
  return 'en';
}
