import { expect, test } from 'vitest';
import { historyEntries } from '../../src/model/history.ts';
import { type HeldHistory, historyView } from '../../src/model/history-view.ts';
import type { PublicIncident, PublicState } from '../../src/model/snapshot.ts';
import { calm, open } from '../components/told.ts';
import { copyOf, NOW } from '../enhance/copies.ts';

const HOUR = 3_600_000;
const ago = (hours: number) => new Date(NOW - hours * HOUR).toISOString();
const running = { ...open('running00001', 'Cards are down'), started_at: ago(60), updated_at: ago(60) };
const resolved = (one: PublicIncident): PublicIncident => ({ ...one, status: 'resolved', resolved_at: ago(1) });

/** The lists of this month with `incidents`, vouched for `hours` ago, beside a copy of now that states `state`. */
function view(incidents: readonly PublicIncident[], hours: number | null, state: Partial<PublicState>) {
  const { snapshot } = copyOf({ state });
  const held: HeldHistory = {
    months: ['2026-11'],
    lists: new Map([['2026-11', historyEntries(incidents, [], ({ code }) => `hash of ${code}`)]]),
    as_of: hours === null ? snapshot.generated_at : ago(hours),
  };
  return historyView(snapshot, calm, '2026-11', held);
}

test('a month is complete no longer than its lists, however new the copy is', () => {
  const { as_of, stretches } = view([running], 24, { incidents: [running] });
  expect(as_of).toBe(ago(24));
  // The day after them is called quiet by nobody.
  expect(stretches.map((one) => (one.type === 'day' ? one.day : one.until))).toEqual(['2026-11-19']);
});

test('it is as complete as the copy that vouches for its lists', () => {
  const { known, as_of, later } = view([running], null, { incidents: [resolved(running)] });
  expect([as_of, later]).toEqual([known.generated_at, {}]);
});

test('what a newer copy alone tells, tells otherwise, or tells no more is told apart from what both tell', () => {
  const changed = open('changed00001', 'Ledger is late');
  const wrong = resolved(open('wrong0000001', 'Data leaked'));
  const added = open('added0000001', 'API is slow');
  const lists = [running, changed, wrong, open('unheard00001', 'Cards are slow')];
  expect(view(lists, 1, { incidents: [running, added], recent: [resolved(changed)] }).later).toEqual({
    changed00001: 'told',
    added0000001: 'told',
    wrong0000001: 'gone',
    unheard00001: 'ended',
  });
});

test('without a month named, the newest that has begun by the newer copy is shown', () => {
  const { snapshot } = copyOf({ state: { incidents: [running] } });
  const held: HeldHistory = {
    months: ['2026-10'],
    lists: new Map([['2026-10', []]]),
    as_of: '2026-10-31T00:00:00.000Z',
  };
  expect(historyView(snapshot, calm, null, held).month).toBe('2026-11');
});
