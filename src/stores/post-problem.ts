import { isBlank, isLikely, mayFollow, nameFault } from '../model/authoring.ts';
import type { Statement } from '../model/correction.ts';
import { LANGUAGES, type Language } from '../model/language.ts';
import { placeholdersIn } from '../model/placeholders.ts';
import { isMaintenance, type PublicRecord } from '../model/public-record.ts';
import { PUBLIC_BODY_MAX_BYTES, publicBodyBytes } from '../model/public-size.ts';
import type { DraftTranslation, DraftWords, PostDraft } from './post-draft.ts';
import { standingOf } from './standing.ts';

/** What keeps an update from being reviewed; each is one sentence on the page. */
export type PostProblem =
  /** Somebody else has posted on what the form goes on with, or has corrected or taken back the text that is being corrected. */
  | { readonly type: 'moved' | 'gone' }
  | { readonly type: 'incomplete' | 'name' | 'times' | 'order' | 'year' | 'over' | 'happened' | 'future' | 'unchanged' }
  | { readonly type: 'translation'; readonly lang: Language }
  | { readonly type: 'placeholders'; readonly left: readonly string[] }
  | { readonly type: 'size'; readonly bytes: number; readonly most: number };

/**
 * The first problem of a draft, or null. `statement` is what would be signed; `record` what it goes on with, undefined where
 * nothing of it stands; `now` in Unix milliseconds.
 */
export function draftProblem(
  draft: PostDraft,
  statement: Statement,
  record: PublicRecord | undefined,
  now: number,
): PostProblem | null {
  // Its status, components and times would undo what was said since.
  if (draft.code !== null && draft.since !== standingOf(record)) return { type: 'moved' };
  if (isBlank(draft.name) || isBlank(draft.text)) return { type: 'incomplete' };
  const names = [statement.body.name, ...(statement.body.translations ?? []).flatMap(({ name }) => name ?? [])];
  if (names.some((name) => nameFault(name) !== null)) return { type: 'name' };
  return timesProblem(draft, record, now) ?? wordsProblem(draft, statement);
}

function timesProblem(draft: PostDraft, record: PublicRecord | undefined, now: number): PostProblem | null {
  const { kind, happened } = draft;
  if (kind === 'maintenance') {
    const { status, from, until } = draft;
    if (record !== undefined && isMaintenance(record) && !mayFollow(record.status, status)) return { type: 'over' };
    if (from === '' || until === '') return { type: 'times' };
    if (!isLikely(from) || !isLikely(until)) return { type: 'year' };
    if (until <= from) return { type: 'order' };
  }
  if (happened === '') return { type: 'happened' };
  if (happened !== null && !isLikely(happened)) return { type: 'year' };
  return happened !== null && Date.parse(happened) > now ? { type: 'future' } : null;
}

/** The same for words alone, such as those of a correction. */
export function wordsProblem(words: DraftWords, { body }: Statement): PostProblem | null {
  if (isBlank(words.text)) return { type: 'incomplete' };
  const half = LANGUAGES.find((lang) => isHalf(words.translations[lang]));
  if (half !== undefined) return { type: 'translation', lang: half };
  const others = body.translations ?? [];
  const left = placeholdersIn(body.name, body.text, ...others.flatMap((one) => [one.name ?? '', one.text]));
  if (left.length > 0) return { type: 'placeholders', left };
  const bytes = publicBodyBytes(body);
  return bytes > PUBLIC_BODY_MAX_BYTES ? { type: 'size', bytes, most: PUBLIC_BODY_MAX_BYTES } : null;
}

/** A title without its text would be lost without a word. */
function isHalf(translation: DraftTranslation | undefined): boolean {
  return translation !== undefined && !isBlank(translation.name) && isBlank(translation.text);
}
