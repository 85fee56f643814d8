import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lifeboat } from './people/command-line.ts';

const page = readFileSync(new URL('../../docs/DEPLOY.md', import.meta.url), 'utf8');
/** `publish` → the options that the page gives it. */
const used = new Map<string, Set<string>>();
for (const [, word = '', rest = ''] of page.matchAll(/\blifeboat ([a-z]+)\b([^`\n|>]*)/g)) {
  const options = used.get(word) ?? new Set();
  for (const [option] of rest.matchAll(/--[a-z-]+/g)) options.add(option);
  used.set(word, options);
}

describe('docs/DEPLOY.md', () => {
  test('shows commands of every kind', () => expect(used.size).toBeGreaterThan(7));

  test.each([...used])('uses %s as its --help says', async (word, options) => {
    const { code, stdout } = await lifeboat(word, '--help');
    expect(code).toBe(0);
    expect([...options].filter((option) => !stdout.includes(`  ${option}`))).toEqual([]);
  });
});
