import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { inlineText, quotedText } from '../../../src/node/people/markdown-text.ts';

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

const parse = (markdown: string): Node =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;
const typesOf = (node: Node): readonly string[] => [node.type, ...(node.children ?? []).flatMap(typesOf)];
const textOf = ({ value = '', children = [], type }: Node): string =>
  type === 'break' ? '\n' : value + children.map(textOf).join('');

const ONLY = ['root', 'blockquote', 'paragraph', 'text', 'break', 'inlineCode'];
const HOSTILE = [
  '# heading',
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1))',
  'https://evil.example/?q=1 and www.evil.example and ftp://x.example mailto:a@b.example a@b.example',
  '- list\n+ list\n* list\n1. list\n2) list',
  '---\n===\n***\n```\ncode\n```\n~~~',
  '    code block\n\tcode',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '&lt;script&gt; &#x41; ~~gone~~ **bold** _slant_ `code` $x$',
  '[^1]\n\n[^1]: note\n\n[a]: https://b.example "c"',
  'title\n===\n\ntitle\n---\n:---:',
  '> quote\n\n> > deeper\n<!-- x -->\n\\\n\\',
  '\u202etxet\u0000\u001b[2J',
];
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(...HOSTILE, '\n', '\\', ' ', '#', '[', '](', '1.', '&', '<', ':', '/', 'www.', '@', 'http:'),
    fc.string({ unit: 'binary', maxLength: 5 }),
  ),
);

describe('text of others in Markdown', () => {
  test.each(HOSTILE)('makes no markup of %j', (text) => {
    for (const type of typesOf(parse(quotedText(text)))) expect(ONLY).toContain(type);
    for (const type of typesOf(parse(`# ${inlineText(text)}`)).slice(2)) expect(['text', 'inlineCode']).toContain(type);
  });

  test('makes no markup of anything, and loses no letter', () => {
    const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('').toWellFormed();
        const [quoted, inline] = [parse(quotedText(text)), parse(inlineText(text))];
        expect([...typesOf(quoted), ...typesOf(inline)].filter((type) => !ONLY.includes(type))).toEqual([]);
        expect(letters(textOf(quoted))).toBe(letters(text));
        expect(letters(textOf(inline))).toBe(letters(text));
      }),
      { numRuns: 300 },
    );
  });
});
