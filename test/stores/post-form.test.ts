import { beforeEach, describe, expect, test } from 'vitest';
import { $post, edit, review } from '../../src/stores/post.ts';
import { $form, chooseStatus, clearForm, editForm, startFromTemplate } from '../../src/stores/post-form.ts';

beforeEach(() => {
  clearForm();
  $post.set({ type: 'writing' });
});

describe('the form of a public update', () => {
  test('holds what will be signed: no control characters but newline and tab', () => {
    editForm({ name: 'Cards\u000b fail', text: 'One\u0007\r\ntwo \ud800' });
    expect($form.get()).toMatchObject({ name: 'Cards fail', text: 'One\ntwo \ufffd' });
  });

  test('begins with a template, and never at the price of words that somebody wrote', () => {
    const templates = ['We are looking.', 'It is solved.'];
    startFromTemplate('We are looking.', templates);
    startFromTemplate('It is solved.', templates);
    expect($form.get().text).toBe('It is solved.');
    editForm({ text: 'Shard seven is back.' });
    startFromTemplate('It is solved.', templates);
    startFromTemplate('', templates);
    expect($form.get().text).toBe('Shard seven is back.\n\nIt is solved.');
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
    edit();
    expect($post.get()).toEqual({ type: 'writing' });
    const sent = { type: 'sent', id: 'a', incident: 'b', name: 'c', live: { type: 'waiting' } } as const;
    $post.set(sent);
    edit();
    expect($post.get()).toEqual(sent);
  });
});
