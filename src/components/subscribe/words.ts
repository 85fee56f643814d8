import { subscribeEn } from '../../i18n/subscribe-en.ts';
import { subscribeEs } from '../../i18n/subscribe-es.ts';
import type { SubscribeMessages } from '../../i18n/subscribe-messages.ts';
import { subscribePtBr } from '../../i18n/subscribe-pt-BR.ts';
import type { Language } from '../../model/language.ts';

const SETS: Readonly<Record<Language, SubscribeMessages>> = {
  en: subscribeEn,
  'pt-BR': subscribePtBr,
  es: subscribeEs,
};

export function subscribeWords(language: Language): SubscribeMessages {
  return SETS[language];
}
