import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandList } from '../../src/node/commands.ts';
import { lifeboat } from './people/command-line.ts';

const pages = readFileSync(new URL('../../docs/commands.md', import.meta.url), 'utf8')
  .split(/^## /m)
  .slice(1);
const sections = new Map(pages.map((page) => [page.slice(0, page.indexOf('\n')), page] as const));
const words = [...commandList().matchAll(/^ {2}([a-z]+) /gm)].map(([, word]) => word ?? '');

describe('docs/commands.md', () => {
  test('has a section for every command, and no other', () => {
    expect([...sections.keys()].sort()).toEqual([...words].sort());
  });

  test.each(words)('shows %s as its --help does', async (word) => {
    const page = sections.get(word) ?? '';
    const { code, stdout } = await lifeboat(word, '--help');
    expect(code).toBe(0);
    expect(page).toMatch(new RegExp(`^ {4}(.*\\| )?lifeboat ${word}\\b`, 'm'));
    const known = new Set([...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option));
    // An option of another command stands in words such as `enrol --new`.
    const own = page.replace(/`([^`]*)`/g, (_, code: string) => (code.startsWith('--') ? code : ''));
    for (const [option] of own.matchAll(/--[a-z-]+/g))
      expect([word, option, known.has(option)]).toEqual([word, option, true]);
  });
});
