import type { Language } from '../model/language.ts';
import type { PublicUpdate, Translation } from '../model/snapshot.ts';
import { firstSpoken } from './languages.ts';

/** Words and the language that they are in (BCP 47). */
export interface Spoken {
  readonly text: string;
  readonly lang: string;
}

type Said = Pick<PublicUpdate<string>, 'text' | 'lang' | 'translations'>;

/** An update in the reader's language where its author wrote it so, else as it was written. */
export function textIn(language: Language, said: Said, pageLanguage: string): Spoken {
  const found = translationIn(language, said);
  return { text: found?.text ?? said.text, lang: found?.lang ?? said.lang ?? pageLanguage };
}

/** The name of an incident or a maintenance in the reader's language, by the newest update that gave it one. */
export function nameIn(
  language: Language,
  story: { readonly name: string; readonly updates: readonly Said[] },
  pageLanguage: string,
): Spoken {
  for (const said of story.updates) {
    const found = translationIn(language, said);
    if (found?.name) return { text: found.name, lang: found.lang };
  }
  return { text: story.name, lang: story.updates[0]?.lang ?? pageLanguage };
}

function translationIn(language: Language, { lang, translations }: Said): Translation | undefined {
  if (lang !== null && firstSpoken([lang]) === language) return undefined;
  return translations?.find((one) => firstSpoken([one.lang]) === language);
}
