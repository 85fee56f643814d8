import { expect, test } from 'vitest';
import { paintAll } from '../../../src/components/status/paint-all.tsx';
import { historyView } from '../../../src/model/history-view.ts';
import { statusView } from '../../../src/model/page-view.ts';
import { recordView } from '../../../src/model/record-view.ts';
import type { Reader, View } from '../../../src/model/view.ts';
import { copyOf, NOW } from '../../enhance/copies.ts';
import { drawn } from '../drawn.ts';
import { begun, calm, open } from '../told.ts';

const { snapshot } = copyOf({
  state: {
    incidents: [open('incident0001', 'Cards are down')],
    recent: [{ ...open('incident0002', 'Slow statements'), resolved_at: new Date(NOW).toISOString() }],
    maintenances: [begun('maintenance1', 'New database')],
  },
});
const disagreement = { host: 'mirror.example', generated_at: new Date(NOW - 5_000).toISOString(), components: ['api'] };

function toldOf(view: View): string {
  const [, said] = /<p data-disagreement[^>]*>(.*?)<\/p>/.exec(drawn(paintAll, view)) ?? [];
  return /says something else of: (.*)\.$/.exec(said ?? '')?.[1] ?? '';
}

test('what publishers contradict each other about is called by its name on the front page, whatever it is', () => {
  const incidents = ['incident0001', 'incident0002', 'maintenance1'];
  const reader: Reader = { ...calm, disagreement: { ...disagreement, incidents } };
  expect(toldOf(statusView(snapshot, reader))).toBe('API, Cards are down, Slow statements, New database');
});

test('so it is on the page of the incident or maintenance itself, and in the history', () => {
  for (const [code, name] of [
    ['incident0001', 'Cards are down'],
    ['maintenance1', 'New database'],
  ] as const) {
    const reader: Reader = { ...calm, disagreement: { ...disagreement, incidents: [code] } };
    expect(toldOf(recordView(snapshot, reader, code, null))).toBe(`API, ${name}`);
    expect(toldOf(historyView(snapshot, reader, null, null))).toBe(`API, ${name}`);
  }
});

test('what this copy does not know by name is told by its code, never left out', () => {
  const reader: Reader = { ...calm, disagreement: { ...disagreement, incidents: ['incident0009'] } };
  expect(toldOf(statusView(snapshot, reader))).toBe('API, incident0009');
});
