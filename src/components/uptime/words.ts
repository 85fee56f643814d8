import type { Messages } from '../../i18n/messages.ts';
import { uptimeEnglish } from '../../i18n/uptime-en.ts';
import { uptimeSpanish } from '../../i18n/uptime-es.ts';
import type { UptimeMessages } from '../../i18n/uptime-messages.ts';
import { uptimePortuguese } from '../../i18n/uptime-pt-BR.ts';

const WORDS: Readonly<Record<Messages['language'], UptimeMessages>> = {
  en: uptimeEnglish,
  'pt-BR': uptimePortuguese,
  es: uptimeSpanish,
};

/** The words about uptime in the language that the page is drawn in. */
export function uptimeWords({ language }: Messages): UptimeMessages {
  return WORDS[language];
}
