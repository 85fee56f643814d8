import { describe, expect, test } from 'vitest';
import { isoTime } from '../../src/model/clock.ts';
import { fitState } from '../../src/model/fit.ts';
import { statusView } from '../../src/model/page-view.ts';
import type { PublicComponent, PublicIncident, PublicState, Snapshot } from '../../src/model/snapshot.ts';
import { statedClaims } from '../../src/model/state.ts';
import type { Reader } from '../../src/model/view.ts';
import { withWhole } from '../../src/model/whole-state.ts';

const NOW = Date.parse('2026-11-22T03:12:40.000Z');
const at = (seconds: number) => isoTime(NOW + seconds * 1_000);

function component(n: number, status: PublicComponent['status'] = 'operational'): PublicComponent {
  const times = { checked_at: at(-5), changed_at: at(-3_600), valid_until: at(60) };
  return {
    id: `component-${n}`,
    name: `Component ${n} ${'x'.repeat(200)}`,
    description: null,
    group: null,
    status,
    ...times,
  };
}

function resolved(n: number): PublicIncident {
  const text = 'The team found out why payments were late, and paid out what was late. '.repeat(20);
  return {
    code: String(n).padStart(12, '0'),
    name: 'Late payouts',
    status: 'resolved',
    impact: 'minor',
    started_at: at(-3_600),
    updated_at: at(-60),
    resolved_at: at(-60),
    components: [],
    updates: [{ id: `${n}`, status: 'resolved', text, at: at(-60), lang: null }],
    conflict: false,
  };
}

const whole: PublicState = {
  groups: [],
  components: Array.from({ length: 400 }, (_, n) => component(n, n === 7 ? 'major_outage' : 'operational')),
  incidents: [],
  recent: [],
  maintenances: [],
  uptime: { until: '2026-11-21', components: { 'component-1': [[90, 1, 0]] } },
};

function snapshotOf(state: PublicState, age = 5): Snapshot {
  const page = { name: 'Tidewater', url: null, language: 'en', time_zone: 'Etc/UTC' };
  return { v: 1, seq: 1, page, generated_at: at(-age), valid_until: at(120 - age), state: fitState(state), parts: '' };
}

function statuses(snapshot: Snapshot, now = NOW) {
  const reader: Reader = {
    now,
    ticking: true,
    timeZone: 'Etc/UTC',
    copy: { source: 'origin', host: null, received_at: null, verified: true },
    trouble: null,
    skew: null,
  };
  const view = statusView(snapshot, reader);
  if (view.type !== 'status') throw new Error('not the front page');
  return Map.groupBy(
    view.groups.flatMap(({ components }) => components),
    ({ status }) => status,
  );
}

describe('what a snapshot left out', () => {
  const cut = snapshotOf(whole);
  const filled = withWhole(cut, { state: statedClaims(whole), of: cut });

  test('is shown from state.json, in its order, and nothing is said to be missing any more', () => {
    expect(cut.state.left_out?.components).toBeGreaterThan(0);
    expect(filled.state.components.map(({ id }) => id)).toEqual(whole.components.map(({ id }) => id));
    expect(filled.state.left_out).toBeUndefined();
    expect(filled.state.uptime).toEqual(whole.uptime);
    expect(statuses(filled).get('operational')).toHaveLength(399);
  });

  test('is unknown as soon as the copy said that it may be believed no longer', () => {
    const later = statuses(filled, NOW + 61_000);
    expect(later.get('operational')).toBeUndefined();
    expect(later.get('unknown')).toHaveLength(400);
  });

  test('is unknown when the copy that vouched for it has run out, whatever a newer one says of the rest', () => {
    const old = snapshotOf(whole, 200);
    const mixed = withWhole(cut, { state: statedClaims(whole), of: old });
    const known = cut.state.components.length;
    expect(statuses(mixed).get('unknown')).toHaveLength(400 - known);
  });

  test('never replaces what the snapshot says itself', () => {
    const healed = {
      ...whole,
      components: whole.components.map((one) => ({ ...one, status: 'operational' as const })),
    };
    const mixed = withWhole(cut, { state: statedClaims(healed), of: cut });
    expect(
      statuses(mixed)
        .get('major_outage')
        ?.map(({ id }) => id),
    ).toEqual(['component-7']);
  });

  test('is still said to be missing where an older state.json does not know it', () => {
    const older = { ...whole, components: whole.components.slice(0, 390) };
    const mixed = withWhole(cut, { state: statedClaims(older), of: cut });
    expect(mixed.state.left_out?.components).toBe(400 - mixed.state.components.length);
    expect(mixed.state.components.length).toBeLessThan(400);
  });

  test('is still said to be missing, be it incidents alone', () => {
    const busy = { ...whole, components: [], recent: Array.from({ length: 60 }, (_, n) => resolved(n)) };
    const cut = snapshotOf(busy);
    const older = { ...busy, recent: busy.recent.slice(0, 50) };
    const mixed = withWhole(cut, { state: statedClaims(older), of: cut });
    expect(cut.state.left_out?.incidents).toBeGreaterThan(10);
    expect(mixed.state.recent).toHaveLength(50);
    expect(mixed.state.left_out).toEqual({ components: 0, incidents: 10, valid_until: null });
  });
});
