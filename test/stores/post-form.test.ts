import { beforeEach, describe, expect, test } from 'vitest';
import { $deviceNow } from '../../src/stores/clock.ts';
import { speak } from '../../src/stores/language.ts';
import { $library } from '../../src/stores/library.ts';
import { $post, $problem, $statement, edit, review } from '../../src/stores/post.ts';
import {
  $form,
  affect,
  chooseKind,
  chooseStatus,
  clearForm,
  editForm,
  openForm,
  translateForm,
  workOn,
} from '../../src/stores/post-form.ts';
import { $starters, startFrom } from '../../src/stores/starters.ts';
import type { Template } from '../../src/vault/document.ts';

const NOON = Date.UTC(2026, 10, 22, 12);

beforeEach(async () => {
  clearForm();
  $post.set({ type: 'writing' });
  $library.set({ entries: [], documents: new Map(), find: () => [] });
  $deviceNow.set(NOON);
  await speak('en');
});

function template(id: string, says: Template['says'], text: string, more: Partial<Template> = {}): Template {
  const words = { title: id, source: '', impact: 'minor', name: null, text, lang: 'en', translations: [] } as const;
  return { v: 1, kind: 'template', id: `templates/${id}`, says, ...words, ...more };
}

function holdTemplates(...templates: readonly Template[]): void {
  $library.set({ entries: [], documents: new Map(templates.map((one) => [one.id, one])), find: () => [] });
}

describe('the form of a public update', () => {
  test('holds what will be signed: no control characters but newline and tab', () => {
    editForm({ name: 'Cards\u000b fail', text: 'One\u0007\r\ntwo \ud800' });
    expect($form.get()).toMatchObject({ name: 'Cards fail', text: 'One\ntwo \ufffd' });
  });

  test('keeps every one of two edits between which nothing was drawn', () => {
    translateForm('es', { name: 'Tarjetas' });
    translateForm('es', { text: 'Fallan.' });
    affect('cards', 'major_outage');
    affect('payouts', 'partial_outage');
    affect('cards', '');
    expect($form.get()).toMatchObject({
      translations: { es: { name: 'Tarjetas', text: 'Fallan.' } },
      components: [{ id: 'payouts', status: 'partial_outage' }],
    });
    chooseKind('maintenance');
    workOn('cards', true);
    workOn('payouts', true);
    workOn('cards', false);
    expect($form.get().components).toEqual(['payouts']);
  });

  test('says that affected components work again when the incident is resolved', () => {
    editForm({ components: [{ id: 'cards', status: 'major_outage' }] });
    chooseStatus('monitoring');
    expect($form.get().components).toEqual([{ id: 'cards', status: 'major_outage' }]);
    chooseStatus('resolved');
    expect($form.get().components).toEqual([{ id: 'cards', status: 'operational' }]);
  });

  test('goes back from the review, but never from what was sent', () => {
    editForm({ name: 'Cards fail', text: 'We are looking.' });
    review();
    expect($post.get()).toEqual({ type: 'confirming', working: false });
    edit();
    expect($post.get()).toEqual({ type: 'writing' });
    const sought = { type: 'update', code: 'b', id: 'a' } as const;
    const sent = { type: 'sent', id: 'a', sought, name: 'c', live: { type: 'waiting' } } as const;
    $post.set(sent);
    edit();
    expect($post.get()).toEqual(sent);
  });

  test('is incomplete where nothing of a title or a text can be seen, and wants a title of one line', () => {
    editForm({ name: '\u200b\u3164', text: 'Some fail.' });
    expect($problem.get()).toEqual({ type: 'incomplete' });
    editForm({ name: 'Cards fail', text: '\u2060\u2800' });
    expect($problem.get()).toEqual({ type: 'incomplete' });
    editForm({ name: 'Cards\nfail', text: 'Some fail.' });
    expect($problem.get()).toEqual({ type: 'name' });
    editForm({ name: 'Cards fail', translations: { es: { name: 'a'.repeat(201), text: 'Algunas.' } } });
    expect($problem.get()).toEqual({ type: 'name' });
    editForm({ translations: { es: { name: '\u200b', text: 'Algunas.' }, 'pt-BR': { name: '', text: '\u200b' } } });
    expect($problem.get()).toBeNull();
    expect($statement.get().body.translations).toEqual([{ lang: 'es', name: null, text: 'Algunas.' }]);
  });

  test('becomes that of a maintenance without losing the words, and asks for its times in order', () => {
    editForm({ name: 'Ledger works', text: 'No payouts meanwhile.' });
    chooseKind('maintenance');
    expect($problem.get()).toEqual({ type: 'times' });
    review();
    expect($post.get()).toEqual({ type: 'writing' });
    editForm({ from: '2026-12-01T22:00:00.000Z', until: '2026-12-01T22:00:00.000Z' });
    expect($problem.get()).toEqual({ type: 'order' });
    editForm({ until: '+020262-12-02T01:00:00.000Z' });
    expect($problem.get()).toEqual({ type: 'year' });
    editForm({ until: '2026-12-02T01:00:00.000Z', components: ['ledger'] });
    expect($problem.get()).toBeNull();
    expect($statement.get()).toEqual({
      type: 'maintenance.update',
      body: {
        maintenance: '',
        name: 'Ledger works',
        status: 'scheduled',
        impact: 'maintenance',
        scheduled_for: '2026-12-01T22:00:00.000Z',
        scheduled_until: '2026-12-02T01:00:00.000Z',
        components: ['ledger'],
        text: 'No payouts meanwhile.',
        lang: 'en',
      },
    });
  });

  test('dates an update back only where that is switched on, and never ahead', () => {
    editForm({ name: 'Cards failed', text: 'They did.' });
    expect($statement.get().body).not.toHaveProperty('display_at');
    editForm({ happened: '' });
    expect($problem.get()).toEqual({ type: 'happened' });
    editForm({ happened: '2026-11-22T12:01:00.000Z' });
    expect($problem.get()).toEqual({ type: 'future' });
    editForm({ happened: '0202-11-22T03:00:00.000Z' });
    expect($problem.get()).toEqual({ type: 'year' });
    editForm({ happened: '2026-11-22T03:00:00.000Z' });
    expect($problem.get()).toBeNull();
    expect($statement.get().body.display_at).toBe('2026-11-22T03:00:00.000Z');
  });

  test('lets nothing be reviewed in which a placeholder stands, in whatever language', () => {
    editForm({ name: 'Problems with <component>', text: 'Since <time> some fail.' });
    editForm({ translations: { es: { name: '', text: 'Desde <hora> algunos fallan.' } } });
    expect($problem.get()).toEqual({ type: 'placeholders', left: ['<component>', '<time>', '<hora>'] });
    review();
    expect($post.get()).toEqual({ type: 'writing' });
  });

  test('signs translations that have a text, and says where a title has none', () => {
    editForm({ name: 'Cards fail', text: 'Some do.' });
    editForm({ translations: { es: { name: 'Tarjetas', text: ' ' }, en: { name: '', text: 'its own language' } } });
    expect($problem.get()).toEqual({ type: 'translation', lang: 'es' });
    editForm({ translations: { es: { name: ' ', text: 'Algunas.' }, 'pt-BR': { name: '', text: '' } } });
    expect($statement.get().body.translations).toEqual([{ lang: 'es', name: null, text: 'Algunas.' }]);
  });

  test('tells before signing that it is too large', () => {
    editForm({ name: 'Cards fail', text: '"'.repeat(40_000) });
    expect($problem.get()).toMatchObject({ type: 'size', most: 62_000 });
    editForm({ text: 'é'.repeat(30_000) });
    expect($problem.get()).toBeNull();
  });

  test('takes up a draft that an older version kept', async () => {
    const kept = JSON.stringify({ incident: null, name: 'Old draft', status: 'identified', text: 'x' });
    await openForm({ read: async () => kept, write: async () => {} });
    expect($form.get()).toMatchObject({ kind: 'incident', code: null, name: 'Old draft', translations: {} });
  });
});

describe('words to start from', () => {
  test('begin the text, and never at the price of words that somebody wrote', () => {
    const [first, second] = $starters.get();
    startFrom(first?.id ?? '');
    startFrom(second?.id ?? '');
    expect($form.get().text).toBe(second?.text);
    editForm({ text: 'Shard seven is back.' });
    startFrom(second?.id ?? '');
    startFrom('');
    expect($form.get().text).toBe(`Shard seven is back.\n\n${second?.text}`);
  });

  test('are the vault’s templates for what is being written; the bridge’s own where it has none', () => {
    holdTemplates(template('looking', { of: 'incident', status: 'investigating' }, 'Since <time>.'));
    expect($starters.get().map(({ title }) => title)).toEqual(['looking']);
    chooseKind('maintenance');
    expect($starters.get().map(({ title }) => title)).toEqual(['Planned', 'Begun', 'Completed']);
  });

  test('bring status, impact, title and translations of a template with them', () => {
    const translations = [{ lang: 'es', name: 'Obras', text: 'Trabajamos.' }];
    holdTemplates(
      template('works', { of: 'maintenance', status: 'scheduled' }, 'We work.', {
        name: 'Works',
        impact: 'maintenance',
        translations,
      }),
    );
    chooseKind('maintenance');
    startFrom('templates/works');
    const times = { from: '2026-12-01T22:00:00.000Z', until: '2026-12-01T23:00:00.000Z' };
    editForm(times);
    expect($statement.get().body).toMatchObject({ name: 'Works', text: 'We work.', lang: 'en', translations });
  });

  test('give a new incident their impact, and leave one that goes on its own', () => {
    holdTemplates(template('small', { of: 'incident', status: 'identified' }, 'Found.', { impact: 'minor' }));
    editForm({ impact: 'critical' });
    startFrom('templates/small');
    expect($form.get()).toMatchObject({ status: 'identified', impact: 'minor' });
    editForm({ code: 'open00000001', impact: 'critical', status: 'investigating' });
    startFrom('templates/small');
    expect($form.get()).toMatchObject({ status: 'identified', impact: 'critical' });
  });

  test('are not those of a report while the incident goes on', () => {
    holdTemplates(
      template('report', { of: 'incident', status: 'postmortem' }, 'What happened.'),
      template('over', { of: 'incident', status: 'resolved' }, 'It is over.'),
    );
    expect($starters.get().map(({ title }) => title)).toEqual(['over']);
  });
});
