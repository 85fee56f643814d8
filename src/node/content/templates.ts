import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { LANGUAGES, type Language } from '../../model/language.ts';
import type { Translation } from '../../model/snapshot.ts';
import { IMPACTS, INCIDENT_STATUSES, MAINTENANCE_STATUSES } from '../../model/status.ts';
import type { Template, TemplateStatus } from '../../vault/document.ts';
import { unreadable } from '../unreadable.ts';
import { ContentError, mistake } from './content-error.ts';
import { line, map } from './site-fields.ts';
import { parseYaml } from './yaml-file.ts';
import { type Mistake, sentence } from './yaml-mistake.ts';

const text = v.pipe(v.string('a text'), v.trim(), v.minLength(1, 'a text that is not empty'));
const language = v.picklist(LANGUAGES, LANGUAGES.join(', '));
const words = v.optional(map({ name: v.optional(line), text }));
const schema = map({
  title: line,
  kind: v.optional(v.picklist(['incident', 'maintenance'], 'incident or maintenance'), 'incident'),
  status: line,
  impact: v.optional(v.picklist(IMPACTS, IMPACTS.join(', '))),
  name: v.optional(line),
  text,
  lang: v.optional(language),
  translations: v.optional(map({ en: words, 'pt-BR': words, es: words }), {}),
});

type Source = v.InferOutput<typeof schema>;

/** The templates of a content folder, by file name; none where it has no `templates/`. @throws ContentError with file and line. */
export async function readTemplates(content: string): Promise<readonly Template[]> {
  const folder = join(content, 'templates');
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new ContentError(unreadable(folder, error));
  });
  const names = found.filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.')).sort();
  return await Promise.all(
    names.map(async (name) => parseTemplate(await readFile(join(folder, name), 'utf8'), `templates/${name}`)),
  );
}

/** The same for one text; `file` (`templates/<id>.yaml`) gives the document its id and a mistake its place. */
export function parseTemplate(source: string, file: string): Template {
  const yaml = parseYaml(source, file);
  const result = v.safeParse(schema, yaml.value);
  const wrong = result.success ? contradiction(result.output) : sentence(result.issues[0]);
  if (wrong !== undefined) throw mistake(file, yaml.line(wrong.path), wrong.text);
  const says = result.success ? statusOf(result.output) : undefined;
  if (!result.success || says === undefined) throw mistake(file, undefined, 'this is not a template.');
  const { title, impact, name = null, lang = null, translations } = result.output;
  return {
    v: 1,
    kind: 'template',
    id: file.replace(/\.ya?ml$/, ''),
    title,
    source,
    says,
    // When unsure, the higher one.
    impact: impact ?? (says.of === 'maintenance' ? 'maintenance' : 'major'),
    name,
    text: result.output.text,
    lang,
    translations: translationsOf(translations),
  };
}

function translationsOf(source: Source['translations']): readonly Translation[] {
  const translation = (lang: Language): readonly Translation[] => {
    const one = source[lang];
    return one === undefined ? [] : [{ lang, name: one.name ?? null, text: one.text }];
  };
  return LANGUAGES.flatMap(translation);
}

function statusOf({ kind, status }: Source): TemplateStatus | undefined {
  if (kind === 'incident') {
    const found = INCIDENT_STATUSES.find((one) => one === status);
    return found && { of: kind, status: found };
  }
  const found = MAINTENANCE_STATUSES.find((one) => one === status);
  return found && { of: kind, status: found };
}

function contradiction(source: Source): Mistake | undefined {
  const { kind, status, lang, translations } = source;
  if (statusOf(source) === undefined) {
    const known = (kind === 'incident' ? INCIDENT_STATUSES : MAINTENANCE_STATUSES).join(', ');
    return { path: ['status'], text: `status: expected ${known} (kind: ${kind}), found "${status}".` };
  }
  if (lang !== undefined && translations[lang] !== undefined)
    return {
      path: ['translations', lang],
      text: `translations.${lang}: expected another language than that of the text itself (lang: ${lang}).`,
    };
  return undefined;
}
