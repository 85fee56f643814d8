import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroIntegration } from 'astro';

const LANGUAGES = ['en', 'pt-BR', 'es'] as const;
const FILE = new RegExp(`^(?:(.+)-)?(${LANGUAGES.join('|')})\\.ts$`);

/** Fails the build where a set of messages lacks a sentence that it has in English. */
export function completeLanguages(): AstroIntegration {
  return {
    name: 'lifeboat:complete-languages',
    hooks: {
      'astro:build:start': () => checkLanguages(fileURLToPath(new URL('../i18n', import.meta.url))),
    },
  };
}

/**
 * Compares the sets of messages in `folder`: files named `<set>-<language>.ts`, or `<language>.ts`. Throws one sentence with the
 * first file that is missing, or the first sentence that is missing, empty, too many, or takes other arguments than in English.
 * What English has no use for (sentences keyed by the English ones: an export that it lacks, or has empty) is held to the others.
 */
export async function checkLanguages(folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((name) => FILE.test(name)).toSorted();
  const sets = new Set(files.map((name) => FILE.exec(name)?.[1] ?? ''));
  for (const set of sets) {
    const names = LANGUAGES.map((language) => `${set === '' ? '' : `${set}-`}${language}.ts`);
    const missing = names.find((name) => !files.includes(name));
    if (missing !== undefined) throw new Error(`src/i18n/${missing} is missing: write these messages there too.`);
    const [english, ...others] = await Promise.all(names.map((name) => readSet(folder, name)));
    // English first: it is what the others were written from.
    for (const other of [english, ...others]) for (const one of others) if (other) compare(one, other);
  }
}

interface MessageSet {
  readonly file: string;
  /** By the export's name without its language: path of each sentence to its form. */
  readonly exports: ReadonlyMap<string, Forms>;
}

/** Path of each sentence to its form: a text, or a function of so many arguments. */
type Forms = ReadonlyMap<string, string>;

async function readSet(folder: string, name: string): Promise<MessageSet> {
  const module = (await import(pathToFileURL(join(folder, name)).href)) as Readonly<Record<string, unknown>>;
  const objects = Object.entries(module).filter(([, value]) => typeof value === 'object');
  const exports = objects.map(([key, value]) => [
    key.replace(/(?:English|Portuguese|Spanish|En|PtBr|Es|^en|^ptBr|^es)$/, ''),
    value,
  ]);
  return {
    file: `src/i18n/${name}`,
    exports: new Map(exports.map(([key, value]) => [String(key), new Map(formsOf(value))])),
  };
}

function formsOf(value: unknown, path = ''): (readonly [path: string, form: string])[] {
  if (typeof value === 'function') return [[path, `a function of ${value.length}`]];
  if (typeof value !== 'object' || value === null) return [[path, value === '' ? 'nothing' : 'a text']];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[path, NO_KEYS]];
  return entries.flatMap(([key, inner]) => formsOf(inner, path === '' ? key : `${path}.${key}`));
}

const NO_KEYS = 'no keys';

/** `one` must say all that `other` says, and nothing else, in each export that both have. */
function compare(one: MessageSet, other: MessageSet): void {
  for (const [name, forms] of other.exports) {
    const own = one.exports.get(name);
    if (own === undefined) continue;
    const free = [...forms].flatMap(([path, form]) => (form === NO_KEYS ? [`${path}.`] : []));
    for (const [path, form] of forms) {
      const found = own.get(path);
      if (form === NO_KEYS || found === form) continue;
      if (found === undefined) throw new Error(`${one.file} lacks \`${path}\`, which ${other.file} has.`);
      throw new Error(`${one.file} has ${found} for \`${path}\`, where ${other.file} has ${form}.`);
    }
    const extra = [...own.keys()].find((path) => !forms.has(path) && !free.some((start) => path.startsWith(start)));
    if (extra !== undefined) throw new Error(`${one.file} has \`${extra}\`, which ${other.file} lacks.`);
  }
}
