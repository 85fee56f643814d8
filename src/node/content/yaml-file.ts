import { isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
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
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  const [error] = document.errors;
  if (error) throw mistake(file, lineAt(error.pos[0]), `this is not valid YAML: ${sentence(error.message)}`);
  return {
    value: contentOf(document, file),
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

/** The parser finds some mistakes (aliases that multiply beyond measure) only here. */
function contentOf(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw mistake(file, undefined, `this is not valid YAML: ${sentence(String(error))}`);
  }
}

function sentence(message: string): string {
  const line = message.split('\n')[0] ?? message;
  return line.endsWith('.') ? line : `${line}.`;
}
