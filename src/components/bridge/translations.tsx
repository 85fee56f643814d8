import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { LANGUAGES, type Language } from '../../model/language.ts';
import { placeholdersIn } from '../../model/placeholders.ts';
import { $language, $messages } from '../../stores/language.ts';
import type { DraftTranslation, DraftWords } from '../../stores/post-draft.ts';
import { Choice } from './choice.tsx';

interface Properties {
  readonly words: DraftWords;
  readonly onLanguage: (lang: Language) => void;
  readonly onTranslate: (lang: Language, said: Partial<DraftTranslation>) => void;
  /** False where only a text is written: its title stays as it is. */
  readonly withNames?: boolean;
}

/** The same words in the page's other languages; folded away, since most updates are written in one. */
export function Translations({ words: draft, onLanguage, onTranslate, withNames = true }: Properties) {
  const words = useStore($messages).post;
  const language = useStore($language);
  const own = draft.lang ?? language;
  const others = LANGUAGES.filter((one) => one !== own);
  const written = others.filter((one) => (draft.translations[one]?.text ?? '').trim() !== '');
  const names = written.map((one) => words.languages[one]).join(', ');
  // A template may bring translations with it: what is to be filled in there must be seen.
  const lacks = others.some((one) => placeholdersIn(...Object.values(draft.translations[one] ?? {})).length > 0);
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="translations" open={isOpen || lacks} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{names === '' ? words.translations : words.translated(names)}</summary>
      <div class="stack">
        <Choice
          id="text-lang"
          label={words.lang}
          value={own}
          options={LANGUAGES.map((one) => [one, words.languages[one]] as const)}
          onChoose={onLanguage}
        />
        {others.map((one) => (
          <div key={one} class="stack">
            {withNames && (
              <>
                <label for={`name-${one}`}>{words.nameIn(words.languages[one])}</label>
                <input
                  id={`name-${one}`}
                  lang={one}
                  maxLength={200}
                  value={draft.translations[one]?.name ?? ''}
                  onInput={(event) => onTranslate(one, { name: event.currentTarget.value })}
                />
              </>
            )}
            <label for={`text-${one}`}>{words.textIn(words.languages[one])}</label>
            <textarea
              id={`text-${one}`}
              lang={one}
              rows={3}
              value={draft.translations[one]?.text ?? ''}
              onInput={(event) => onTranslate(one, { text: event.currentTarget.value })}
            />
          </div>
        ))}
      </div>
    </details>
  );
}
