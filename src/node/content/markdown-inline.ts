import type { Definition, PhrasingContent } from 'mdast';
import type { Inline, LinkTarget } from '../../vault/document.ts';

/** What inline text needs to know of its document. */
export interface InlineContext {
  readonly definitions: ReadonlyMap<string, Definition>;
  /** The id of the runbook at a relative address, if there is one. */
  readonly runbookAt: (href: string) => string | undefined;
}

const ALLOWED = ['https:', 'http:', 'mailto:', 'tel:'];

/** Inline Markdown as the block tree has it: raw HTML is text, images are links, and a link goes nowhere that is not allowed. */
export function inlines(nodes: readonly PhrasingContent[], context: InlineContext): readonly Inline[] {
  return nodes.flatMap((node) => inline(node, context));
}

function inline(node: PhrasingContent, context: InlineContext): readonly Inline[] {
  switch (node.type) {
    case 'text':
    case 'html':
      return [{ type: 'text', text: node.value }];
    case 'inlineCode':
      return [{ type: 'code', text: node.value }];
    case 'strong':
    case 'emphasis':
      return [{ type: node.type, children: inlines(node.children, context) }];
    case 'delete':
      return [{ type: 'deleted', children: inlines(node.children, context) }];
    case 'break':
      return [{ type: 'break' }];
    case 'link':
      return link(node.url, inlines(node.children, context), context);
    case 'linkReference':
      return link(addressOf(node.identifier, context), inlines(node.children, context), context);
    case 'image':
      return link(node.url, pictureText(node.alt), context);
    case 'imageReference':
      return link(addressOf(node.identifier, context), pictureText(node.alt), context);
    case 'footnoteReference':
      return [{ type: 'text', text: `[${node.identifier}]` }];
  }
}

/** A link where its target is allowed; else its text alone. */
function link(href: string | undefined, children: readonly Inline[], context: InlineContext): readonly Inline[] {
  const to = href === undefined ? undefined : target(href, context);
  return to === undefined ? children : [{ type: 'link', to, children }];
}

function target(href: string, context: InlineContext): LinkTarget | undefined {
  if (URL.canParse(href)) return ALLOWED.includes(new URL(href).protocol) ? { type: 'web', href } : undefined;
  const id = context.runbookAt(href);
  return id === undefined ? undefined : { type: 'runbook', id };
}

function addressOf(identifier: string, { definitions }: InlineContext): string | undefined {
  return definitions.get(identifier)?.url;
}

function pictureText(alt: string | null | undefined): readonly Inline[] {
  return [{ type: 'text', text: alt ? `picture: ${alt}` : 'picture' }];
}
