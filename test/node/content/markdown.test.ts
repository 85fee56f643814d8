import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blocksOf } from '../../../src/node/content/markdown.ts';
import type { Block } from '../../../src/vault/document.ts';

const blocks = (markdown: string) => blocksOf(markdown, (href) => (href === 'other.md' ? 'team/other' : undefined));
const text = (words: string) => ({ type: 'text', text: words });

describe('Markdown as a block tree', () => {
  test('knows the four sections, also by their other names', () => {
    const found = blocks('## Meaning\n## Impact\n## Diagnosis steps\n## Troubleshooting\n## Mitigation\n## Notes');
    expect(found.map((block) => block.type === 'heading' && block.section)).toEqual([
      'meaning',
      'impact',
      'diagnosis',
      'diagnosis',
      'mitigation',
      null,
    ]);
  });

  test('keeps lists, ticks, tables, quotes, rules and fences', () => {
    expect(blocks('3. first\n   - [x] done\n')).toMatchObject([
      {
        type: 'list',
        start: 3,
        items: [
          {
            checked: null,
            children: [{ type: 'paragraph' }, { type: 'list', start: null, items: [{ checked: true }] }],
          },
        ],
      },
    ]);
    expect(blocks('| a | b |\n|---|---|\n| `1` | **2** |')).toEqual([
      {
        type: 'table',
        head: [[text('a')], [text('b')]],
        rows: [[[{ type: 'code', text: '1' }], [{ type: 'strong', children: [text('2')] }]]],
      },
    ]);
    expect(blocks('> careful\n\n---\n\n```Console\n$ ls\nfile\n```')).toMatchObject([
      { type: 'quote' },
      { type: 'rule' },
      { type: 'command', language: 'console', text: '$ ls\nfile', copy: 'ls' },
    ]);
  });

  test('shows raw HTML as text, and drops comments', () => {
    expect(blocks('<img src=x onerror=alert(1)>')).toEqual([
      { type: 'paragraph', children: [text('<img src=x onerror=alert(1)>')] },
    ]);
    expect(blocks('a <b>c</b>')).toEqual([
      { type: 'paragraph', children: [text('a '), text('<b>'), text('c'), text('</b>')] },
    ]);
    expect(blocks('<!-- TODO:\n\nwrite this -->')).toEqual([]);
  });

  test.each([
    ['[x](https://a.example/b)', { type: 'web', href: 'https://a.example/b' }],
    ['[x](tel:+12025550100)', { type: 'web', href: 'tel:+12025550100' }],
    ['[x](other.md)', { type: 'runbook', id: 'team/other' }],
    ['[x][ref]\n\n[ref]: other.md', { type: 'runbook', id: 'team/other' }],
    ['![x](https://a.example/shot.png)', { type: 'web', href: 'https://a.example/shot.png' }],
  ])('links %s', (markdown, to) => {
    expect(blocks(markdown)).toMatchObject([{ children: [{ type: 'link', to }] }]);
  });

  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,1)',
    '[x](missing.md)',
    '[x](//evil.example)',
    '![x](file:///etc/passwd)',
  ])('leaves %s as text', (markdown) => expect(JSON.stringify(blocks(markdown))).not.toContain('"link"'));

  test('makes something of any text, and never a link that is not allowed', () => {
    const piece = fc.constantFrom(
      '# ',
      '- [ ] ',
      '1. ',
      '> ',
      '```sh\n',
      '$ ',
      '<a href=',
      '](javascript:x)',
      '](https://e.example)',
      '[a',
      '![',
      '|',
      '\n',
      '\n\n',
      '~~',
      '[^1]',
      '[^1]: ',
      '<!--',
      'word ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const found: readonly Block[] = blocks(pieces.join(''));
        JSON.stringify(found, (key, value) => {
          if (key === 'href') expect(value).toMatch(/^(https?|mailto|tel):/);
          return value;
        });
      }),
    );
  });
});
