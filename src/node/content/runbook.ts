import { posix } from 'node:path';
import * as v from 'valibot';
import { type Block, type Runbook, textOf } from '../../vault/document.ts';
import { mistake } from './content-error.ts';
import { blocksOf } from './markdown.ts';
import { needsOf } from './runbook-needs.ts';
import { day } from './site-fields.ts';
import { parseYaml } from './yaml-file.ts';
import { sentence } from './yaml-mistake.ts';

const text = v.pipe(v.string('text'), v.minLength(1, 'text that is not empty'));
const word = v.pipe(v.union([v.string(), v.number()], 'text'), v.transform(String));
const words = v.array(word, 'a list of texts');

/** All optional. Other keys (Hugo's `weight`, for one) belong to other tools and are left alone. */
const frontMatter = v.object(
  {
    id: v.optional(text),
    title: v.optional(text),
    owner: v.optional(text),
    services: v.optional(words),
    alerts: v.optional(words),
    needs: v.optional(words),
    last_verified: v.optional(day),
    changed_at: v.optional(day),
  },
  'a map such as title: Database failover',
);

/** A Markdown file below the runbooks folder; `path` has forward slashes. */
export interface MarkdownFile {
  readonly path: string;
  readonly text: string;
}

/** What a file is called where its front matter does not say. */
function runbookId(path: string): string {
  return path.replace(/\.(?:md|markdown)$/i, '');
}

/**
 * The runbook in a file. `ids` are the ids of all runbooks by path, for links between them.
 * @throws ContentError with file and line where the front matter is broken, and with the file where the text nests too deeply.
 */
export function parseRunbook({ path, text }: MarkdownFile, ids: ReadonlyMap<string, string>): Runbook {
  const { matter, body } = splitFrontMatter(text);
  const says = readFrontMatter(matter, path);
  const runbookAt = (href: string) => {
    const [file = ''] = decodeAddress(href).split('#');
    const target = posix.normalize(posix.join(posix.dirname(path), file));
    return ids.get(target) ?? ids.get(`${target}.md`) ?? ids.get(target.replace(/\/$/, '/README.md'));
  };
  const blocks = readBlocks(body, path, runbookAt);
  const name = posix.basename(runbookId(path));
  return {
    v: 1,
    kind: 'runbook',
    id: says.id ?? runbookId(path),
    title: says.title ?? firstHeading(blocks) ?? name,
    source: text,
    blocks,
    services: says.services ?? [],
    alerts: says.alerts ?? (/^[A-Za-z][A-Za-z0-9_]*$/.test(name) ? [name] : []),
    owner: says.owner ?? null,
    last_verified: says.last_verified ?? null,
    changed_at: says.changed_at ?? null,
    needs: says.needs ?? needsOf(blocks),
  };
}

function readBlocks(body: string, path: string, runbookAt: (href: string) => string | undefined): readonly Block[] {
  try {
    return blocksOf(body, runbookAt);
  } catch (error) {
    // The parser recurses: thousands of nested quotes or lists end its stack.
    if (error instanceof RangeError) throw mistake(path, undefined, 'its lists or quotes are nested too deeply.');
    throw error;
  }
}

/** The id that a file's front matter names, or its path. */
export function idOf({ path, text }: MarkdownFile): string {
  return readFrontMatter(splitFrontMatter(text).matter, path).id ?? runbookId(path);
}

function splitFrontMatter(text: string): { readonly matter: string; readonly body: string } {
  const found = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)(?:^|\r?\n)---[ \t]*(?:\r?\n|$)/.exec(text);
  return found === null ? { matter: '', body: text } : { matter: found[1] ?? '', body: text.slice(found[0].length) };
}

function readFrontMatter(matter: string, file: string): v.InferOutput<typeof frontMatter> {
  if (matter.trim() === '') return {};
  // The text begins below the line with the three dashes.
  const yaml = parseYaml(matter, file, 2);
  const result = v.safeParse(frontMatter, yaml.value ?? {});
  if (result.success) return result.output;
  const mistaken = sentence(result.issues[0]);
  throw mistake(file, yaml.line(mistaken.path), mistaken.text);
}

function firstHeading(blocks: readonly Block[]): string | undefined {
  const heading = blocks.find((block) => block.type === 'heading');
  const text = heading?.type === 'heading' && heading.level <= 2 ? textOf(heading.children).trim() : '';
  return text === '' ? undefined : text;
}

function decodeAddress(href: string): string {
  try {
    return decodeURI(href);
  } catch {
    // A stray % in an address: taken as it is written.
    return href;
  }
}
