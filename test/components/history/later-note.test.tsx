import { expect, test } from 'vitest';
import { paintAll } from '../../../src/components/status/paint-all.tsx';
import { historyEntries } from '../../../src/model/history.ts';
import { historyView } from '../../../src/model/history-view.ts';
import { recordView } from '../../../src/model/record-view.ts';
import type { PublicIncident, Snapshot } from '../../../src/model/snapshot.ts';
import { copyOf, NOW } from '../../enhance/copies.ts';
import { drawn, textOf } from '../drawn.ts';
import { calm, open } from '../told.ts';

const affected = [{ id: 'api', status: 'major_outage' as const }];
const running: PublicIncident = { ...open('incident0001', 'Cards are down'), components: affected };
const before = new Date(NOW - 86_400_000).toISOString();
const { snapshot: silent } = copyOf();
const { snapshot: naming } = copyOf({ state: { incidents: [running] } });

function month(snapshot: Snapshot, as_of: string): string {
  const lists = new Map([['2026-11', historyEntries([running], [], () => '')]]);
  return drawn(paintAll, historyView(snapshot, calm, '2026-11', { months: ['2026-11'], lists, as_of }));
}

function page(snapshot: Snapshot, as_of: string): string {
  return drawn(paintAll, recordView(snapshot, calm, running.code, { record: running, as_of }));
}

test('a list calls nothing open that a newer copy does not, and says that it does not know how it ended', () => {
  const html = month(silent, before);
  expect(textOf(html)).not.toContain('not over yet');
  expect(textOf(html)).toContain('How it ended is not known here.');
  expect(html).toContain('data-status="unknown" data-entry="incident0001"');
  expect(textOf(month(naming, before))).toContain('not over yet');
});

test('a list that was kept says so, and that something may be missing since', () => {
  expect(textOf(month(naming, before))).toContain('The lists kept on your device reach up to then.');
  expect(textOf(month(naming, naming.generated_at))).not.toContain('kept on your device');
});

test('the page of one incident tells no status and no outage that a newer copy does not', () => {
  const text = textOf(page(silent, before));
  expect(text).toContain('How it ended is not known here.');
  expect(text).toContain('taken back since then may be missing here.');
  for (const word of ['Identified', 'Major outage', 'would show here']) expect(text).not.toContain(word);
  const current = textOf(page(naming, before));
  for (const word of ['Identified', 'Major outage', 'would show here']) expect(current).toContain(word);
});
