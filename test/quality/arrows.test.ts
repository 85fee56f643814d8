import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Source, sources } from './sources.ts';

// What each part may import from ours, besides itself (DESIGN §3). `model` imports nothing.
const BELOW_STORES = ['log', 'vault', 'model', 'platform.ts', 'i18n'];
const BELOW_COMPONENTS = ['stores', ...BELOW_STORES];
const BELOW_ENHANCE = ['components', ...BELOW_COMPONENTS];
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  model: [],
  'platform.ts': [],
  i18n: ['model'],
  styles: [],
  sw: [],
  log: ['model', 'platform.ts'],
  vault: ['log', 'model', 'platform.ts'],
  stores: BELOW_STORES,
  components: BELOW_COMPONENTS,
  enhance: BELOW_ENHANCE,
  layouts: ['enhance', 'styles', ...BELOW_ENHANCE],
  pages: ['layouts', 'enhance', 'styles', ...BELOW_ENHANCE],
  integrations: ['sw'],
  node: ['log', 'vault', 'model', 'platform.ts', 'i18n'],
};
const IMPORT = /(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;

function partOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function forbiddenImports({ path, text }: Source): string[] {
  const part = partOf(path);
  const allowed = ALLOWED[part];
  const imported = [...text.matchAll(IMPORT)].map((match) => posix.join(posix.dirname(path), match[1] ?? ''));
  return imported
    .filter((target) => partOf(target) !== part && allowed?.includes(partOf(target)) !== true)
    .map((target) => `${path} imports ${target}`);
}

describe('imports', () => {
  const files = sources('src', /\.(ts|tsx|astro|mjs)$/);

  test('run one way only', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap(forbiddenImports)).toEqual([]);
  });

  test('are seen by this check when they run against the arrows', () => {
    const wrong = {
      path: 'src/model/x.ts',
      text: "import { a } from '../log/store.ts';\nconst b = import('../node/up.ts');",
    };
    expect(forbiddenImports(wrong)).toHaveLength(2);
    expect(forbiddenImports({ path: 'src/log/x.ts', text: "export * from '../node/cli.ts'" })).toHaveLength(1);
  });
});

describe('the pure core', () => {
  test('has no clock, randomness, timer, network or document', () => {
    const impure =
      /\b(Date\.now|new Date\(\)|Math\.random|setTimeout|setInterval|fetch\(|localStorage|document\.|window\.|process\.|node:)/;
    const guilty = sources('src/model', /\.ts$/).filter(({ text }) =>
      impure.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
    );
    expect(guilty.map(({ path }) => path)).toEqual([]);
  });
});
