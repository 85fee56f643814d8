import { historyEn } from '../../i18n/history-en.ts';
import { historyEs } from '../../i18n/history-es.ts';
import type { HistoryMessages } from '../../i18n/history-messages.ts';
import { historyPtBr } from '../../i18n/history-pt-BR.ts';
import type { Language } from '../../model/language.ts';

const SETS: Readonly<Record<Language, HistoryMessages>> = { en: historyEn, 'pt-BR': historyPtBr, es: historyEs };

/** All three are small and come with the page's own part, so that a change of language waits for nothing. */
export function historyWords(language: Language): HistoryMessages {
  return SETS[language];
}
