import type { VerifyMessages } from '../../i18n/verify-en.ts';
import { verifyEnglish } from '../../i18n/verify-en.ts';
import { verifySpanish } from '../../i18n/verify-es.ts';
import { verifyPortuguese } from '../../i18n/verify-pt-BR.ts';
import type { Language } from '../../model/language.ts';
import type { Paint } from '../status/main.tsx';
import { VerifyPage } from './verify-page.tsx';

const SETS: Readonly<Record<Language, VerifyMessages>> = {
  en: verifyEnglish,
  'pt-BR': verifyPortuguese,
  es: verifySpanish,
};

/** The page before any script runs: for Node. The browser's own entry draws it with the words of its reader. */
export const paintVerify: Paint = (view, messages) =>
  view.type === 'verify' ? (
    <VerifyPage
      page={view.page}
      root={view.root}
      base={view.base}
      state={{ type: 'still' }}
      timeZone={view.page.time_zone}
      messages={messages}
      words={SETS[messages.language]}
      actions={null}
    />
  ) : null;
