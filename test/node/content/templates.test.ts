import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { placeholdersIn } from '../../../src/model/placeholders.ts';
import { DEMO_FOLDER } from '../../../src/node/content/content-folder.ts';
import { parseTemplate, readTemplates } from '../../../src/node/content/templates.ts';

const parse = (source: string) => parseTemplate(source, 'templates/x.yaml');

test('a template says which status it is for, in its own words and in others', () => {
  const source = [
    'title: Work begins',
    'kind: maintenance',
    'status: in_progress',
    'lang: en',
    'text: "We have begun."',
    'translations: { es: { name: Obras, text: Hemos empezado. } }',
  ].join('\n');
  expect(parse(source)).toEqual({
    v: 1,
    kind: 'template',
    id: 'templates/x',
    title: 'Work begins',
    source,
    says: { of: 'maintenance', status: 'in_progress' },
    impact: 'maintenance',
    name: null,
    text: 'We have begun.',
    lang: 'en',
    translations: [{ lang: 'es', name: 'Obras', text: 'Hemos empezado.' }],
  });
  expect(parse('title: A\nstatus: resolved\ntext: Over.')).toMatchObject({
    says: { of: 'incident', status: 'resolved' },
    impact: 'major',
  });
});

test.each([
  [
    'title: A\nkind: maintenance\nstatus: resolved\ntext: B',
    'templates/x.yaml line 3: status: expected scheduled, in_progress, verifying, completed, cancelled (kind: maintenance), found "resolved".',
  ],
  ['title: A\nstatus: resolved\n', 'templates/x.yaml line 1: expected the key "text", found none.'],
  [
    'title: A\nstatus: resolved\ntext: B\nimpact: huge',
    'templates/x.yaml line 4: impact: expected none, maintenance, minor, major, critical, found "huge".',
  ],
  [
    'title: A\nstatus: resolved\ntext: B\nlang: es\ntranslations:\n  es: { text: C }',
    'templates/x.yaml line 6: translations.es: expected another language than that of the text itself (lang: es).',
  ],
  [
    'title: A\nstatus: resolved\ntext: B\ntranslations:\n  fr: { text: C }',
    'templates/x.yaml line 5: translations: expected a map with the keys en, pt-BR, es, found the unknown key "fr".',
  ],
])('a broken template is refused with file and line', (source, sentence) => {
  expect(() => parse(source)).toThrow(sentence);
});

test('a folder gives its YAML files by name, and nothing where it has no templates', async () => {
  const content = await mkdtemp(join(tmpdir(), 'lifeboat-templates-'));
  onTestFinished(() => rm(content, { recursive: true }));
  expect(await readTemplates(content)).toEqual([]);
  await mkdir(join(content, 'templates'));
  for (const name of ['b.yml', 'a.yaml', 'notes.txt', '.hidden.yaml'])
    await writeFile(join(content, 'templates', name), 'title: A\nstatus: resolved\ntext: Over.');
  expect((await readTemplates(content)).map(({ id }) => id)).toEqual(['templates/a', 'templates/b']);
});

test('the demo’s templates are readable, in three languages for maintenances, and most have something to fill in', async () => {
  const templates = await readTemplates(DEMO_FOLDER);
  const maintenances = templates.filter(({ says }) => says.of === 'maintenance');
  expect(maintenances.map(({ says }) => says.status).sort()).toEqual(['completed', 'in_progress', 'scheduled']);
  for (const { translations } of maintenances) expect(translations.map(({ lang }) => lang)).toEqual(['pt-BR', 'es']);
  expect(templates.filter(({ text }) => placeholdersIn(text).length > 0).length).toBeGreaterThan(5);
});

test('placeholders are what a person has to fill in, each named once; comparisons and addresses are none', () => {
  expect(placeholdersIn('At <time>, <payments / requests> to <Component>', 'until <time>')).toEqual([
    '<time>',
    '<payments / requests>',
    '<Component>',
  ]);
  expect(
    placeholdersIn(
      'latency < 5 s, and > 3 s; see <https://status.example/a>, write to <help@status.example>; 1 <2> 3; <b>not</b>',
    ),
  ).toEqual([]);
});
