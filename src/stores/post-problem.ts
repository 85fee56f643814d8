import type { Statement } from '../model/correction.ts';
import { LANGUAGES, type Language } from '../model/language.ts';
import { placeholdersIn } from '../model/placeholders.ts';
import { PUBLIC_BODY_MAX_BYTES, publicBodyBytes } from '../model/public-size.ts';
import type { DraftWords, PostDraft } from './post-draft.ts';

/** What keeps an update from being reviewed; each is one sentence on the page. */
export type PostProblem =
  | { readonly type: 'incomplete' | 'times' | 'order' | 'happened' | 'future' | 'unchanged' }
  | { readonly type: 'translation'; readonly lang: Language }
  | { readonly type: 'placeholders'; readonly left: readonly string[] }
  | { readonly type: 'size'; readonly bytes: number; readonly most: number };

/** The first problem of a draft, or null. `statement` is what would be signed; `now` in Unix milliseconds. */
export function draftProblem(draft: PostDraft, statement: Statement, now: number): PostProblem | null {
  const { name, happened } = draft;
  if (name.trim() === '' || draft.text.trim() === '') return { type: 'incomplete' };
  if (draft.kind === 'maintenance' && (draft.from === '' || draft.until === '')) return { type: 'times' };
  if (draft.kind === 'maintenance' && draft.until <= draft.from) return { type: 'order' };
  if (happened === '') return { type: 'happened' };
  if (happened !== null && Date.parse(happened) > now) return { type: 'future' };
  return wordsProblem(draft, statement);
}

/** The same for words alone, such as those of a correction. */
export function wordsProblem(words: DraftWords, { body }: Statement): PostProblem | null {
  if (words.text.trim() === '') return { type: 'incomplete' };
  const half = LANGUAGES.find((lang) => isHalf(words.translations[lang]));
  if (half !== undefined) return { type: 'translation', lang: half };
  const others = body.translations ?? [];
  const left = placeholdersIn(body.name, body.text, ...others.flatMap((one) => [one.name ?? '', one.text]));
  if (left.length > 0) return { type: 'placeholders', left };
  const bytes = publicBodyBytes(body);
  return bytes > PUBLIC_BODY_MAX_BYTES ? { type: 'size', bytes, most: PUBLIC_BODY_MAX_BYTES } : null;
}

/** A title without its text would be lost without a word. */
function isHalf(translation: { readonly name: string; readonly text: string } | undefined): boolean {
  return translation !== undefined && translation.name.trim() !== '' && translation.text.trim() === '';
}
