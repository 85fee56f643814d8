import { describe, expect, test } from 'vitest';
import { scriptAfterPaint, scriptFirst } from '../../../src/node/publish/entry-script.ts';
import { HTML, HTML_LIVES, MADE } from '../../enhance/html-lives.ts';

test('a shell asks for its script once, under its policy and before its styles, and shows nothing before it', () => {
  const policy = '<meta http-equiv="content-security-policy" content="…">';
  const script = '<script type="module" src="/_astro/front.js"></script>';
  const first = '<script type="module" blocking="render" src="/_astro/front.js"></script>';
  const rest = '<meta name="viewport" content="…"><style>a{}</style></head><body><main></main>';
  expect(scriptFirst(`<head>${policy}${rest}${script}</body>`)).toBe(`<head>${policy}${first}${rest}</body>`);
});

describe('the server’s HTML, to the script in it', () => {
  test.each(HTML_LIVES)('$says: still shown is $alive', ({ clock, open, alive }) => {
    const html = scriptAfterPaint('<script type="module" src="/_astro/front.js"></script>');
    const script = /<script type="module">(.*)<\/script>/s.exec(html)?.[1] ?? '';
    const waits: number[] = [];
    // The first that it waits for is the end of the claims; then it goes on to ask for the page's script.
    const parts = {
      document: { getElementById: () => ({ dataset: HTML }), hidden: true },
      Date: { now: () => MADE + clock * 1_000 },
      setTimeout: (_: () => void, wait?: number) => waits.push(wait ?? 0),
      setInterval: () => 0,
      addEventListener: () => {},
    };
    new Function(...Object.keys(parts), script)(...Object.values(parts));
    expect(waits).toHaveLength(2);
    expect(open * 1_000 < (waits[0] ?? 0)).toBe(alive);
  });
});
