import { LANGUAGE_NAMES } from '../../i18n/languages.ts';
import type { Messages } from '../../i18n/messages.ts';

/** The page in another language; without a script, which fetches the words, the style sheet hides it. */
export function LanguageChoice({ messages }: { readonly messages: Messages }) {
  return (
    <fieldset class="languages">
      <legend class="hidden">{messages.languages}</legend>
      {Object.entries(LANGUAGE_NAMES).map(([language, name]) => (
        <button
          key={language}
          type="button"
          lang={language}
          data-language={language}
          aria-pressed={language === messages.language}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
