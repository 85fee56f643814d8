import { atom } from 'nanostores';
import { cleaned } from '../model/clean.ts';
import { corrected, type Statement, statementOf } from '../model/correction.ts';
import { LANGUAGES, type Language } from '../model/language.ts';
import type { PublicRecord, RecordUpdate } from '../model/public-record.ts';
import { $publicEvents } from './approvals.ts';
import {
  type DraftTranslation,
  type DraftWords,
  draftTranslations,
  translatedFurther,
  wordsFrom,
} from './post-draft.ts';
import { type PostProblem, wordsProblem } from './post-problem.ts';

/** Other words for an update that is public already. */
export interface Correction extends DraftWords {
  /** The event whose words are shown now. */
  readonly id: string;
  /** What it says. */
  readonly before: Statement;
}

export const $correction = atom<Correction | null>(null);

/** Begins with the words as they stand; null gives up. */
export function correct(id: string | null): void {
  const event = id === null ? undefined : $publicEvents.get().get(id);
  const before = event && statementOf(event);
  $correction.set(id === null || before === undefined ? null : draftOf(id, before));
}

function draftOf(id: string, before: Statement): Correction {
  const { text, lang, translations } = before.body;
  const known = LANGUAGES.find((one) => one === lang) ?? null;
  return { id, before, text, lang: known, translations: draftTranslations(translations) };
}

export function editCorrection(change: Partial<DraftWords>): void {
  const draft = $correction.get();
  if (draft !== null) $correction.set({ ...draft, ...(cleaned(change) as Partial<DraftWords>) });
}

/** Says more of one language, from what the correction holds now. */
export function translateCorrection(lang: Language, said: Partial<DraftTranslation>): void {
  const draft = $correction.get();
  if (draft !== null) editCorrection(translatedFurther(draft, lang, said));
}

/** Exactly what will be signed. A language that nobody said, or that the page does not speak, stays as its author left it. */
export function correctionStatement(draft: Correction, language: Language): Statement {
  const { lang } = draft.before.body;
  return corrected(draft.before, draft.id, { ...wordsFrom(draft, language), lang: draft.lang ?? lang });
}

/** What keeps it from being reviewed, or null; `records` is what stands in public. */
export function correctionProblem(
  draft: Correction,
  statement: Statement,
  records: readonly PublicRecord[],
): PostProblem | null {
  const updates = records.flatMap((record): readonly RecordUpdate[] => record.updates);
  const isShown = updates.some(({ id, retracted }) => id === draft.id && retracted === undefined);
  if (!isShown) return { type: 'gone' };
  const { text, translations = [] } = draft.before.body;
  const said = statement.body.translations ?? [];
  const isSame = statement.body.text === text && JSON.stringify(said) === JSON.stringify(translations);
  return isSame ? { type: 'unchanged' } : wordsProblem(draft, statement);
}
