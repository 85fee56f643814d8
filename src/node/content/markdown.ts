import type { Definition, List, Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { type Block, type ListItem, type Section, textOf } from '../../vault/document.ts';
import { copyText } from './copy-text.ts';
import { type InlineContext, inlines } from './markdown-inline.ts';

const SECTIONS: readonly (readonly [Section, RegExp])[] = [
  ['meaning', /^(?:meaning|overview|summary|description)\b/i],
  ['impact', /^impact\b/i],
  ['diagnosis', /^(?:diagnosis|diagnostics?|investigation|troubleshooting)\b/i],
  ['mitigation', /^(?:mitigation|resolution|recovery|remediation)\b/i],
];

/** Markdown (with GitHub's tables, task lists and autolinks) as a block tree. All text is Markdown; @throws RangeError where it nests too deeply for the stack. */
export function blocksOf(markdown: string, runbookAt: InlineContext['runbookAt']): readonly Block[] {
  const root: Root = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const definitions = new Map<string, Definition>();
  collectDefinitions(root, definitions);
  return blocks(root.children, { definitions, runbookAt });
}

function blocks(nodes: readonly RootContent[], context: InlineContext): readonly Block[] {
  return nodes.flatMap((node) => block(node, context));
}

function block(node: RootContent, context: InlineContext): readonly Block[] {
  switch (node.type) {
    case 'heading': {
      const children = inlines(node.children, context);
      const text = textOf(children).trim();
      const section = SECTIONS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
      return [{ type: 'heading', level: node.depth, section, children }];
    }
    case 'paragraph':
      return [{ type: 'paragraph', children: inlines(node.children, context) }];
    case 'list':
      return [{ type: 'list', start: node.ordered ? (node.start ?? 1) : null, items: items(node, context) }];
    case 'code': {
      const language = node.lang?.toLowerCase() ?? null;
      return [{ type: 'command', language, text: node.value, copy: copyText(node.value, language) }];
    }
    case 'blockquote':
      return [{ type: 'quote', children: blocks(node.children, context) }];
    case 'table': {
      const [head = [], ...rows] = node.children.map((row) =>
        row.children.map((cell) => inlines(cell.children, context)),
      );
      return [{ type: 'table', head, rows }];
    }
    case 'thematicBreak':
      return [{ type: 'rule' }];
    case 'html':
      return isComment(node.value) ? [] : [{ type: 'paragraph', children: [{ type: 'text', text: node.value }] }];
    case 'footnoteDefinition':
      return [
        { type: 'paragraph', children: [{ type: 'text', text: `[${node.identifier}]` }] },
        ...blocks(node.children, context),
      ];
    default:
      return [];
  }
}

function items(list: List, context: InlineContext): readonly ListItem[] {
  return list.children.map((item) => ({ checked: item.checked ?? null, children: blocks(item.children, context) }));
}

/** A comment is for the next author, not for who follows the runbook; it stays in the source. */
function isComment(html: string): boolean {
  return /^<!--[\s\S]*-->$/.test(html.trim());
}

function collectDefinitions(node: Nodes, into: Map<string, Definition>): void {
  if (node.type === 'definition' && !into.has(node.identifier)) into.set(node.identifier, node);
  if ('children' in node) for (const child of node.children) collectDefinitions(child, into);
}
