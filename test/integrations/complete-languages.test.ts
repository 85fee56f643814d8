import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkLanguages } from '../../src/integrations/complete-languages.ts';
import { PROJECT } from '../quality/sources.ts';

let folder: string;
let made = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'languages-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The verdict on a set of messages with these bodies; null where all is complete. */
async function verdict(
  files: Readonly<Record<string, string>>,
  exportOf = (_file: string) => 'messages',
): Promise<string | null> {
  // A new folder each time: a module is read once in a process.
  made += 1;
  const own = join(folder, String(made));
  await mkdir(own);
  for (const [name, body] of Object.entries(files))
    await writeFile(join(own, name), `export const ${exportOf(name)} = ${body};`);
  return checkLanguages(own).then(
    () => null,
    (error: Error) => error.message,
  );
}

const whole = "{ skip: 'Skip', left: (n) => n, inner: { deep: 'Deep' } }";
const set = { 'home-en.ts': whole, 'home-es.ts': whole, 'home-pt-BR.ts': whole };

test('our own sets of messages are complete', async () => {
  await expect(checkLanguages(join(PROJECT, 'src', 'i18n'))).resolves.toBeUndefined();
});

test.each([
  ['in full', { 'home-en.ts': 'homeEnglish', 'home-es.ts': 'homeSpanish', 'home-pt-BR.ts': 'homePortuguese' }],
  ['in short', { 'home-en.ts': 'homeEn', 'home-es.ts': 'homeEs', 'home-pt-BR.ts': 'homePtBr' }],
])('a set is compared whose exports name their language %s', async (_how, names: Readonly<Record<string, string>>) => {
  const exportOf = (file: string) => names[file] ?? '';
  expect(await verdict(set, exportOf)).toBeNull();
  expect(await verdict({ ...set, 'home-es.ts': "{ skip: 'Saltar' }" }, exportOf)).toContain('home-es.ts lacks `left`');
});

test('a set that is complete, and files that are no set, are let through', async () => {
  expect(await verdict({ ...set, 'time.ts': '{}' })).toBeNull();
});

test.each([
  [
    'a language',
    { 'home-en.ts': whole, 'home-es.ts': whole },
    'src/i18n/home-pt-BR.ts is missing: write these messages there too.',
  ],
  [
    'English',
    { 'home-es.ts': whole, 'home-pt-BR.ts': whole },
    'src/i18n/home-en.ts is missing: write these messages there too.',
  ],
  [
    'a sentence',
    { ...set, 'home-es.ts': "{ skip: 'Saltar', left: (n) => n, inner: {} }" },
    'src/i18n/home-es.ts lacks `inner.deep`, which src/i18n/home-en.ts has.',
  ],
  [
    'an argument',
    { ...set, 'home-es.ts': "{ skip: 'Saltar', left: () => 'n', inner: { deep: 'Hondo' } }" },
    'src/i18n/home-es.ts has a function of 0 for `left`, where src/i18n/home-en.ts has a function of 1.',
  ],
  [
    'words',
    { ...set, 'home-es.ts': "{ skip: '', left: (n) => n, inner: { deep: 'Hondo' } }" },
    'src/i18n/home-es.ts has nothing for `skip`, where src/i18n/home-en.ts has a text.',
  ],
  [
    'nothing, but says more than English',
    { ...set, 'home-es.ts': "{ skip: 'Saltar', left: (n) => n, inner: { deep: 'Hondo', more: 'Más' } }" },
    'src/i18n/home-es.ts has `inner.more`, which src/i18n/home-en.ts lacks.',
  ],
])('a set that lacks %s fails the build in one sentence', async (_, files, sentence) => {
  expect(await verdict(files)).toBe(sentence);
});
