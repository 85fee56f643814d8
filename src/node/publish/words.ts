import { en } from '../../i18n/en.ts';
import { es } from '../../i18n/es.ts';
import { feedsEn } from '../../i18n/feeds-en.ts';
import { feedsEs } from '../../i18n/feeds-es.ts';
import type { FeedsMessages } from '../../i18n/feeds-messages.ts';
import { feedsPtBr } from '../../i18n/feeds-pt-BR.ts';
import type { Messages } from '../../i18n/messages.ts';
import { ptBr } from '../../i18n/pt-BR.ts';

/** What feeds, calendar and badge say besides the authors' own words. */
export interface Words extends FeedsMessages {
  readonly update: Messages['incident'] & Messages['maintenance'];
  readonly headline: Messages['headline'];
}

const ENGLISH = wordsFrom(en, feedsEn);
const LANGUAGES: Readonly<Record<string, Words>> = {
  en: ENGLISH,
  'pt-BR': wordsFrom(ptBr, feedsPtBr),
  es: wordsFrom(es, feedsEs),
};

/** In the operator's language (BCP 47), which site.yaml limits to these. */
export function wordsOf(language: string): Words {
  return LANGUAGES[language] ?? ENGLISH;
}

/** The same words as on the page, but for `unknown`, which must say here of what. */
function wordsFrom({ incident, maintenance, headline }: Messages, feeds: FeedsMessages): Words {
  return {
    ...feeds,
    update: { ...incident, ...maintenance },
    headline: { ...headline, unknown: feeds.unknown },
  };
}
