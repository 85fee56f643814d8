import { render as draw } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { UptimeNote } from '../../../src/components/uptime/uptime-note.tsx';
import { en } from '../../../src/i18n/en.ts';

test('the strips are explained as soon as there is one, and not before the first whole day', () => {
  const note = (components: Readonly<Record<string, readonly [number, number, number][]>>) =>
    draw(<UptimeNote uptime={{ until: '2026-11-22', components }} messages={en} />);
  expect([note({}), note({ cards: [] })]).toEqual(['', '']);
  expect(note({ cards: [], ledger: [[1, 1, 0]] })).toContain('What the strips show');
});
