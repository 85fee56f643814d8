import { embedEn } from '../../i18n/embed-en.ts';
import { embedEs } from '../../i18n/embed-es.ts';
import type { EmbedMessages } from '../../i18n/embed-messages.ts';
import { embedPtBr } from '../../i18n/embed-pt-BR.ts';
import type { Language } from '../../model/language.ts';

const SETS: Readonly<Record<Language, EmbedMessages>> = { en: embedEn, 'pt-BR': embedPtBr, es: embedEs };

export function embedWords(language: Language): EmbedMessages {
  return SETS[language];
}
