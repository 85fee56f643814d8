import { render as draw } from 'preact-render-to-string';
import { afterEach, describe, expect, test } from 'vitest';
import { PostProblem } from '../../../src/components/bridge/post-problem.tsx';
import { PublicWords } from '../../../src/components/bridge/public-words.tsx';
import { RetractForm } from '../../../src/components/bridge/retract-form.tsx';
import { SaidRecord } from '../../../src/components/bridge/said-record.tsx';
import { Translations } from '../../../src/components/bridge/translations.tsx';
import { UpdatePreview } from '../../../src/components/bridge/update-preview.tsx';
import type { Statement } from '../../../src/model/correction.ts';
import type { PublicMaintenance } from '../../../src/model/snapshot.ts';
import { type Language, speak } from '../../../src/stores/language.ts';

afterEach(() => speak('en'));

const AT = '2026-12-01T22:00:00.000Z';
const statement: Statement = {
  type: 'maintenance.update',
  body: {
    maintenance: 'abc123abc123',
    name: 'Ledger works',
    status: 'in_progress',
    impact: 'maintenance',
    text: 'We have begun.',
    lang: 'en',
    scheduled_for: AT,
    scheduled_until: '2026-12-02T01:00:00.000Z',
    components: ['ledger'],
    translations: [{ lang: 'es', name: 'Obras', text: 'Hemos empezado.' }],
    display_at: '2026-12-01T22:05:00.000Z',
  },
};
const begun = { id: 'a'.repeat(64), status: 'in_progress', text: 'We have begun.', at: AT, lang: 'en' } as const;
const planned = { id: 'b'.repeat(64), status: 'scheduled', text: 'We are going to work.', at: AT, lang: 'en' } as const;
const maintenance: PublicMaintenance = {
  code: 'abc123abc123',
  name: 'Ledger works',
  status: 'in_progress',
  impact: 'maintenance',
  scheduled_for: AT,
  scheduled_until: '2026-12-02T01:00:00.000Z',
  created_at: AT,
  updated_at: AT,
  started_at: AT,
  ended_at: null,
  components: ['ledger'],
  updates: [begun, planned],
  conflict: false,
};

describe('the preview of a public update', () => {
  test('has the times of a maintenance in UTC too, its components, translations, and the date that it is given', () => {
    const html = draw(<UpdatePreview statement={statement} />);
    for (const said of ['In progress', '2026-12-01 22:00 UTC to 2026-12-02 01:00 UTC', 'ledger', 'Spanish', 'Obras'])
      expect(html).toContain(said);
    expect(html).toContain('lang="es"');
    expect(html).toContain('dates this update 2026-12-01 22:05 UTC, and says that it was written later');
  });

  test('shows of a correction both texts, since both stay visible', () => {
    const html = draw(<UpdatePreview statement={statement} earlier="We have bgun." />);
    expect(html).toMatch(/We have begun\..*earlier text.*We have bgun\./s);
  });
});

describe('what stands in public', () => {
  test('can be corrected and taken back update by update, and as a whole', () => {
    const html = draw(<SaidRecord record={maintenance} />);
    expect(html.match(/>Correct this text</g)).toHaveLength(2);
    expect(html).toContain('aria-label="Take back: &quot;We have begun.&quot;, Ledger works"');
    expect(html).toContain('aria-label="Take back all of it: Ledger works"');
  });

  test('offers nothing more for an update that was taken back, and shows it struck with the reason', () => {
    const retracted = { ...begun, retracted: { at: AT, reason: 'Another bank.' } };
    const html = draw(<SaidRecord record={{ ...maintenance, updates: [retracted] }} />);
    expect(html).toContain('<s>We have begun.</s>');
    expect(html).toContain('taken back: Another bank.');
    expect(html).not.toContain('Correct this text');
  });

  test('is said to be taken back with what the page says then, and not without a reason', () => {
    const one = draw(<RetractForm retraction={{ record: maintenance, update: begun, reason: 'Too early.' }} />);
    expect(one).toContain('Without it the page says again: Scheduled.');
    expect(one).not.toContain('disabled');
    const last = { ...maintenance, updates: [begun] };
    expect(draw(<RetractForm retraction={{ record: last, update: begun, reason: ' ' }} />)).toMatch(
      /All of it is taken back.*disabled/s,
    );
  });
});

test.each<[Language, string]>([
  ['en', 'Still to be filled in: &lt;time>'],
  ['pt-BR', 'Ainda falta preencher: &lt;time>'],
  ['es', 'Falta rellenar: &lt;time>'],
])('what keeps an update from the review is one sentence in %s', async (language, sentence) => {
  await speak(language);
  expect(draw(<PostProblem problem={{ type: 'placeholders', left: ['<time>'] }} />)).toContain(sentence);
  const large = draw(<PostProblem problem={{ type: 'size', bytes: 70_001, most: 62_000 }} />);
  expect(large).toContain('71 kB');
});

test('translations are folded away, unless a template left something to be filled in there', () => {
  const words = { text: 'Works.', lang: 'en', translations: {} } as const;
  const edits = { onLanguage: () => {}, onTranslate: () => {} };
  expect(draw(<Translations words={words} {...edits} />)).not.toMatch(/<details[^>]* open/);
  const lacking = { ...words, translations: { es: { name: '', text: 'Obras en <componente>.' } } };
  const html = draw(<Translations words={lacking} {...edits} />);
  expect(html).toMatch(/<details[^>]* open/);
  expect(html).toContain('Other languages (Spanish)');
});

test('the room tells a maintenance, a correction, a retraction and a status set by hand', () => {
  const told = (says: Parameters<typeof PublicWords>[0]['says']) =>
    draw(<PublicWords says={says} id="1" opinion={null} />);
  expect(told({ type: 'update', statement })).toContain('Public maintenance, In progress: ');
  const body = { ...statement.body, corrects: 'a'.repeat(64) };
  expect(told({ type: 'update', statement: { ...statement, body } as Statement })).toContain('Public correction: ');
  expect(told({ type: 'retraction', name: 'Ledger works', whole: true, reason: 'x' })).toContain('all of it: ');
  expect(told({ type: 'set', component: 'ledger', status: 'degraded_performance' })).toMatch(
    /Said in public of .*ledger.*: Degraded/,
  );
});
