import { computed } from 'nanostores';
import { LANGUAGES } from '../model/language.ts';
import type { Impact } from '../model/status.ts';
import type { TemplateStatus } from '../vault/document.ts';
import { $messages } from './language.ts';
import { $library } from './library.ts';
import { type DraftWords, draftTranslations, type PostDraft } from './post-draft.ts';
import { $form, $statuses, chooseStatus, editForm } from './post-form.ts';

/** Words to start from: a template of the vault, or one of the bridge's own short texts. */
export interface Starter extends DraftWords {
  readonly id: string;
  readonly title: string;
  readonly name: string | null;
  /** Null: it goes with any status and impact. */
  readonly says: { readonly status: TemplateStatus['status']; readonly impact: Impact } | null;
}

/** Templates of the unlocked vault, by title. */
const $templates = computed($library, ({ documents }) =>
  [...documents.values()].filter((document) => document.kind === 'template').toSorted((a, b) => (a.id < b.id ? -1 : 1)),
);

/** What the form offers: the vault's templates for what is being written; the bridge's own where it has none. */
export const $starters = computed([$templates, $form, $statuses, $messages], (templates, form, statuses, messages) => {
  const fitting = templates.filter(
    ({ says }) => says.of === form.kind && (statuses as readonly string[]).includes(says.status),
  );
  const offered = fitting.map(({ id, title, name, text, lang, translations, says, impact }): Starter => {
    const said = { status: says.status, impact };
    const known = LANGUAGES.find((one) => one === lang) ?? null;
    return {
      id,
      title,
      name,
      text: text.trim(),
      lang: known,
      translations: draftTranslations(translations),
      says: said,
    };
  });
  return offered.length > 0 ? offered : ownStarters(form.kind, messages.post);
});

function ownStarters(
  kind: PostDraft['kind'],
  words: { readonly templates: readonly Text[]; readonly works: readonly Text[] },
): readonly Starter[] {
  const texts = kind === 'incident' ? words.templates : words.works;
  return texts.map(({ name: title, text }) => {
    return { id: title, title, name: null, text, lang: null, translations: {}, says: null };
  });
}

interface Text {
  readonly name: string;
  readonly text: string;
}

/** Starts from one of those on offer; own words that are there already stay, in front of it. */
export function startFrom(id: string): void {
  const all = $starters.get();
  const chosen = all.find((one) => one.id === id);
  if (chosen === undefined) return;
  const { says, text, lang, translations } = chosen;
  if (says !== null) {
    chooseStatus(says.status);
    // What is under way has its own: a template's words must not play it down.
    if ($form.get().code === null) editForm({ impact: says.impact });
  }
  const draft = $form.get();
  const isUntouched = draft.text.trim() === '' || all.some((one) => one.text === draft.text.trim());
  const isUnnamed = draft.name.trim() === '' || all.some((one) => one.name === draft.name.trim());
  if (draft.code === null && isUnnamed && chosen.name !== null) editForm({ name: chosen.name });
  if (isUntouched) editForm({ text, lang, translations });
  else editForm({ text: `${draft.text.trim()}\n\n${text}` });
}
