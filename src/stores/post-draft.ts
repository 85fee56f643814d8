import { isBlank } from '../model/authoring.ts';
import type { Statement } from '../model/correction.ts';
import { translated } from '../model/correction.ts';
import { LANGUAGES, type Language } from '../model/language.ts';
import type { IncidentUpdateBody } from '../model/public-content.ts';
import { codeOf } from '../model/said.ts';
import type { Translation } from '../model/snapshot.ts';
import type { Impact, IncidentStatus, MaintenanceStatus } from '../model/status.ts';

/** The words in one language, empty where not written yet. */
export interface DraftTranslation {
  readonly name: string;
  readonly text: string;
}

/** The same words in other languages, as far as somebody has written them. */
export type DraftTranslations = Readonly<Partial<Record<Language, DraftTranslation>>>;

/** The words of something public, and the language that they are in; null: the one in which the bridge is read. */
export interface DraftWords {
  readonly text: string;
  readonly lang: Language | null;
  readonly translations: DraftTranslations;
}

interface DraftBase extends DraftWords {
  /** Null begins a new one. */
  readonly code: string | null;
  /** What stood in public of `code` when this took it over (`standingOf`); somebody else may have posted since. */
  readonly since: string | null;
  readonly name: string;
  readonly impact: Impact;
  /** When it happened (ISO), where that is earlier; empty: not said yet; null: now. */
  readonly happened: string | null;
}

export interface IncidentDraft extends DraftBase {
  readonly kind: 'incident';
  readonly status: IncidentStatus;
  readonly components: IncidentUpdateBody['components'];
}

export interface MaintenanceDraft extends DraftBase {
  readonly kind: 'maintenance';
  readonly status: MaintenanceStatus;
  /** Ids. */
  readonly components: readonly string[];
  /** ISO times; empty where not said yet. */
  readonly from: string;
  readonly until: string;
}

/** What is being written for the public. */
export type PostDraft = IncidentDraft | MaintenanceDraft;

const NO_WORDS = { code: null, since: null, name: '', text: '', lang: null, translations: {}, happened: null } as const;

export const EMPTY_INCIDENT: IncidentDraft = {
  ...NO_WORDS,
  kind: 'incident',
  status: 'investigating',
  // When unsure, the higher one: clients forgive a false alarm sooner than a false calm.
  impact: 'major',
  components: [],
};

export const EMPTY_MAINTENANCE: MaintenanceDraft = {
  ...NO_WORDS,
  kind: 'maintenance',
  status: 'scheduled',
  impact: 'maintenance',
  components: [],
  from: '',
  until: '',
};

/** Exactly what will be signed; `code` names a new one, `language` is that of the bridge. */
export function statementFrom(draft: PostDraft, code: string, language: Language): Statement {
  const { name, impact } = draft;
  const { translations, ...words } = wordsFrom(draft, language);
  const said = { name: name.trim(), impact, ...words, ...translated(translations) };
  const dated = draft.happened === null ? {} : { display_at: draft.happened };
  if (draft.kind === 'incident') {
    const { status, components } = draft;
    return { type: 'incident.update', body: { incident: draft.code ?? code, status, components, ...said, ...dated } };
  }
  const { status, components, from, until } = draft;
  const times = { scheduled_for: from, scheduled_until: until };
  return {
    type: 'maintenance.update',
    body: { maintenance: draft.code ?? code, status, components, ...times, ...said, ...dated },
  };
}

/** The change that says more of one language. */
export function translatedFurther(
  { translations }: DraftWords,
  lang: Language,
  said: Partial<DraftTranslation>,
): Pick<DraftWords, 'translations'> {
  return { translations: { ...translations, [lang]: { name: '', text: '', ...translations[lang], ...said } } };
}

/** The words as they are signed: without what was left empty. */
export function wordsFrom({ text, lang, translations }: DraftWords, language: Language) {
  const own = lang ?? language;
  const others = LANGUAGES.flatMap((other): readonly Translation[] => {
    const said = other === own ? undefined : translations[other];
    if (said === undefined || isBlank(said.text)) return [];
    return [{ lang: other, name: isBlank(said.name) ? null : said.name.trim(), text: said.text.trim() }];
  });
  return { text: text.trim(), lang: own, translations: others };
}

/** Signed translations as a draft holds them; those in languages that the page does not speak cannot be edited here. */
export function draftTranslations(translations: readonly Translation[] = []): DraftTranslations {
  const known = translations.filter(({ lang }) => LANGUAGES.some((one) => one === lang));
  return Object.fromEntries(known.map(({ lang, name, text }) => [lang, { name: name ?? '', text }]));
}

/** The code that a statement is about. */
export function codeOfStatement({ body }: Statement): string {
  return codeOf(body);
}
