import type { Log } from '../../log/log.ts';
import { isBlank, isLikely, NAME_MAX_LENGTH, nameFault } from '../../model/authoring.ts';
import { cleanText } from '../../model/clean.ts';
import { type IsoTime, isoTime } from '../../model/clock.ts';
import { LANGUAGES } from '../../model/language.ts';
import { placeholdersIn } from '../../model/placeholders.ts';
import { PUBLIC_BODY_MAX_BYTES, publicBodyBytes } from '../../model/public-size.ts';
import type { Translation } from '../../model/snapshot.ts';
import type { Template } from '../../vault/document.ts';
import { PlainError } from '../plain-error.ts';

/** What `post` was given of the words of an update. */
export interface GivenWords {
  readonly text: string | undefined;
  readonly lang: string | undefined;
  readonly translation: readonly string[];
  readonly 'name-translation'?: readonly string[];
}

/** The text of an update and its translations; the template lends them where no text was given. @throws PlainError */
export function wordsOf(given: GivenWords, template: Template | undefined) {
  const fromTemplate = given.text === undefined ? template : undefined;
  const text = cleanText(given.text ?? fromTemplate?.text ?? '').trim();
  if (isBlank(text)) throw new PlainError('--text is missing; say what the public reads.');
  if (given.lang !== undefined && !LANGUAGES.some((known) => known === given.lang))
    throw new PlainError(`--lang must be one of ${LANGUAGES.join(', ')}, not "${given.lang}".`);
  const lang = given.lang ?? fromTemplate?.lang ?? null;
  const own = translationsOf(given);
  const lent = (fromTemplate?.translations ?? []).filter((one) => !own.some((other) => other.lang === one.lang));
  const translations = [...own, ...lent];
  const twin = translations.find((one) => one.lang === lang);
  if (twin !== undefined) throw new PlainError(`--translation ${twin.lang}=… is in the language of the text itself.`);
  return { text, lang, translations };
}

function translationsOf(given: GivenWords): readonly Translation[] {
  const names = pairs('name-translation', given['name-translation'] ?? []);
  const texts = pairs('translation', given.translation);
  const lonely = [...names.keys()].find((lang) => !texts.has(lang));
  if (lonely !== undefined)
    throw new PlainError(`--name-translation ${lonely}=… needs its text too: --translation ${lonely}="…".`);
  for (const name of names.values()) readName('name-translation', name);
  return [...texts].map(([lang, text]) => ({ lang, name: names.get(lang) ?? null, text }));
}

/** `es=Texto`, each language once. */
function pairs(option: string, given: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const one of given) {
    const [lang = '', ...rest] = one.split('=');
    const text = cleanText(rest.join('=')).trim();
    if (!LANGUAGES.some((known) => known === lang) || isBlank(text))
      throw new PlainError(`--${option} must be <${LANGUAGES.join('|')}>=<text>, not "${one}".`);
    if (found.has(lang)) throw new PlainError(`--${option} ${lang}=… is given twice.`);
    found.set(lang, text);
  }
  return found;
}

/** A time with its zone, as it is signed. @throws PlainError */
export function readTime(option: string, text: string): IsoTime {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
  const ms = form.test(text) ? Date.parse(text) : Number.NaN;
  // 30 February is read as 2 March; nobody means that.
  const day = text.slice(0, 10);
  if (Number.isNaN(ms) || new Date(`${day}T00:00Z`).toISOString().slice(0, 10) !== day)
    throw new PlainError(`--${option} must be a time with its zone, such as 2026-12-01T22:00Z, not "${text}".`);
  if (!isLikely(isoTime(ms))) throw new PlainError(`--${option} ${text} lies outside the years 2000 to 2100.`);
  return isoTime(ms);
}

/** The field for `--at`, where it was given. @throws PlainError where it lies ahead. */
export function happened(log: Log, at: string | undefined): { readonly display_at?: IsoTime } {
  if (at === undefined) return {};
  const time = readTime('at', at);
  if (Date.parse(time) > log.platform.now())
    throw new PlainError(`--at ${at} lies in the future; what is planned is a maintenance.`);
  return { display_at: time };
}

/** A name as it may be signed. @throws PlainError */
export function readName(option: string, text: string): string {
  switch (nameFault(text)) {
    case 'blank':
      throw new PlainError(`--${option} is empty; say in a few words what it is about.`);
    case 'lines':
      throw new PlainError(`--${option} must be one line without control characters or marks that turn its direction.`);
    case 'long':
      throw new PlainError(
        `--${option} has ${text.length} characters and may have ${NAME_MAX_LENGTH}; the rest belongs into --text.`,
      );
    case null:
      return cleanText(text).trim();
  }
}

/** Refuses what must not be signed: placeholders that nobody filled in, and what is too large. @throws PlainError */
export function checkStatement(body: {
  readonly name: string;
  readonly text: string;
  readonly translations?: readonly Translation[] | undefined;
}): void {
  const { name, text, translations = [] } = body;
  const left = placeholdersIn(name, text, ...translations.flatMap((one) => [one.name ?? '', one.text]));
  if (left.length > 0) throw new PlainError(`This is still to be filled in: ${left.join(', ')}. Nothing was posted.`);
  const bytes = publicBodyBytes(body);
  if (bytes > PUBLIC_BODY_MAX_BYTES)
    throw new PlainError(
      `The update takes ${bytes} bytes and may take ${PUBLIC_BODY_MAX_BYTES}: shorten it, or post it in parts. Nothing was posted.`,
    );
}
