import { isCollection, isMap, isNode, isScalar, LineCounter, parseDocument, visit, type YAMLError } from 'yaml';
import { mistake } from './content-error.ts';

/** A YAML text after parsing, with the way back from a value to its line. */
export interface YamlFile {
  readonly value: unknown;
  /** Line (from 1) of the value at `path`; of the nearest parent that exists where it does not. */
  line(path: readonly (string | number)[]): number;
}

/** Reads one document. `file` and `firstLine` (for front matter) name the place. @throws ContentError with the line. */
export function parseYaml(text: string, file: string, firstLine = 1): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  const [error] = document.errors;
  if (error) throw mistake(file, lineAt(error.pos[0]), `this is not valid YAML: ${sentence(error)}`);
  return {
    value: contentOf(document, file, lineAt),
    line(path) {
      let node: unknown = document.contents;
      let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
      for (const key of path) {
        if (!isCollection(node)) break;
        const start = isMap(node) ? keyNode(node.items, key) : node.get(key, true);
        if (!isNode(start) || !start.range) break;
        offset = start.range[0];
        node = node.get(key, true);
      }
      return lineAt(offset);
    },
  };
}

function keyNode(items: readonly { readonly key: unknown }[], key: string | number): unknown {
  return items.find((item) => isScalar(item.key) && item.key.value === key)?.key;
}

/** The parser finds mistakes of aliases (without an anchor, or multiplying beyond measure) only here. */
function contentOf(
  document: ReturnType<typeof parseDocument>,
  file: string,
  lineAt: (offset: number) => number,
): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw mistake(file, lineAt(aliasAt(document)), `this is not valid YAML: ${sentence(error)}`);
  }
}

/** Offset of the first alias without an anchor; of the last alias where all have one. */
function aliasAt(document: ReturnType<typeof parseDocument>): number {
  let offset = 0;
  visit(document, {
    Alias(_, alias) {
      offset = alias.range?.[0] ?? offset;
      return alias.resolve(document) === undefined ? visit.BREAK : undefined;
    },
  });
  return offset;
}

function sentence(error: Error | YAMLError): string {
  if ('code' in error && error.code === 'MULTIPLE_DOCS') return 'expected one document, found a second one.';
  const line = error.message.split('\n')[0] ?? error.message;
  return line.endsWith('.') ? line : `${line}.`;
}
