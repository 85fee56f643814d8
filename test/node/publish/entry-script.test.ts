import { expect, test } from 'vitest';
import { scriptFirst } from '../../../src/node/publish/entry-script.ts';

test('a shell asks for its script once, under its policy and before its styles, and shows nothing before it', () => {
  const policy = '<meta http-equiv="content-security-policy" content="…">';
  const script = '<script type="module" src="/_astro/front.js"></script>';
  const first = '<script type="module" blocking="render" src="/_astro/front.js"></script>';
  const rest = '<meta name="viewport" content="…"><style>a{}</style></head><body><main></main>';
  expect(scriptFirst(`<head>${policy}${rest}${script}</body>`)).toBe(`<head>${policy}${first}${rest}</body>`);
});
