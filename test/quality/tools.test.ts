import { beforeAll, describe, expect, test } from 'vitest';
import { buildSite } from '../../src/node/publish/build.ts';
import { runTool } from './tool.ts';

const CLEAN = { code: 0 };

describe('the code', () => {
  // Sizes are those of the built site, which also shows that it builds.
  beforeAll(() => buildSite().then(() => undefined));

  test.each([
    [
      'has sound types in .astro, .ts and .tsx',
      'astro/bin/astro.mjs',
      ['check', '--minimumFailingSeverity', 'warning'],
    ],
    ['has sound types in the service worker', 'typescript/bin/tsc', ['--project', 'src/sw/tsconfig.json']],
    ['is formatted and linted', '@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']],
    ['leaves no promise floating', 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', 'src', 'test']],
    ['holds nothing unused', 'knip/bin/knip.js', ['--no-progress']],
    ['stays within its sizes', 'size-limit/bin.js', []],
  ])(
    '%s',
    async (_, script, args) => {
      const run = await runTool(script, args);
      if (script.startsWith('size-limit')) console.log(run.output);
      expect(run, run.output).toMatchObject(CLEAN);
    },
    240_000,
  );
});
