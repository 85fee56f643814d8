import { noticeEnglish } from '../../i18n/notice-en.ts';
import { noticeSpanish } from '../../i18n/notice-es.ts';
import type { NoticeMessages } from '../../i18n/notice-messages.ts';
import { noticePortuguese } from '../../i18n/notice-pt-BR.ts';
import type { Language } from '../../model/language.ts';

const SETS: Readonly<Record<Language, NoticeMessages>> = {
  en: noticeEnglish,
  'pt-BR': noticePortuguese,
  es: noticeSpanish,
};

/** All three are small and come with the drawing of a notice. */
export function noticeWords(language: Language): NoticeMessages {
  return SETS[language];
}
