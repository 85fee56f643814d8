import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freshnessOf } from '../../src/model/freshness.ts';
import { nextDecay } from '../../src/model/headline.ts';
import { statusView } from '../../src/model/page-view.ts';
import { recordView } from '../../src/model/record-view.ts';
import type { PublicIncident, Snapshot } from '../../src/model/snapshot.ts';
import type { Reader, View } from '../../src/model/view.ts';
import { NOW, snapshot } from './state-arbitraries.ts';

const reader: Reader = {
  now: NOW,
  ticking: true,
  timeZone: 'Etc/UTC',
  copy: { source: 'origin', host: null, received_at: null, verified: true },
  trouble: null,
  skew: null,
};
const MINUTE = 60_000;
const at = (minutes: number) => new Date(NOW + minutes * MINUTE).toISOString();

function headline(view: View) {
  if (view.type !== 'status') throw new Error(`not the front page: ${view.type}`);
  return view.known.headline;
}

function green(overrides: Partial<Snapshot> = {}): Snapshot {
  const component = { name: 'API', description: null, group: null, status: 'operational' as const };
  const times = { checked_at: at(-1), changed_at: null, valid_until: at(5) };
  return {
    v: 1,
    seq: 1,
    page: { name: 'Tidewater', url: null, language: 'en', time_zone: 'Etc/UTC' },
    generated_at: at(-1),
    valid_until: at(5),
    state: {
      groups: [],
      components: [{ id: 'api', ...component, ...times }],
      incidents: [],
      recent: [],
      maintenances: [],
    },
    parts: '',
    ...overrides,
  };
}

describe('the headline', () => {
  test('is green for a live snapshot of live components with no incident', () => {
    expect(headline(statusView(green(), reader)).status).toBe('operational');
  });

  test('is never green when the snapshot, any component or an open incident forbids it', () => {
    fc.assert(
      fc.property(snapshot, (claim) => {
        const { components, incidents, left_out } = claim.state;
        const claims = left_out === undefined ? components : [...components, { status: 'operational', ...left_out }];
        const forbidden =
          freshnessOf(claim, NOW) === 'expired' ||
          components.length === 0 ||
          incidents.length > 0 ||
          claims.some(
            (c) => c.status !== 'operational' || (c.valid_until !== null && Date.parse(c.valid_until) <= NOW),
          );
        expect(headline(statusView(claim, reader)).status === 'operational').toBe(!forbidden);
      }),
      { numRuns: 20_000 },
    );
  });

  test('is unknown with no components at all', () => {
    const empty = { groups: [], components: [], incidents: [], recent: [], maintenances: [] };
    expect(headline(statusView(green({ state: empty }), reader)).status).toBe('unknown');
  });

  test('keeps what was last confirmed when it expires', () => {
    const late = headline(statusView(green(), { ...reader, now: NOW + 10 * MINUTE }));
    expect(late).toMatchObject({ status: 'unknown', freshness: 'expired', confirmed: 'operational' });
  });

  test('says when the snapshot comes from the future', () => {
    const early = headline(statusView(green(), { ...reader, now: NOW - 10 * MINUTE }));
    expect(early).toMatchObject({ status: 'unknown', ahead: true });
  });
});

test('the headline is green no longer than the word of what was left out, and hides no outage then', () => {
  const cut = (incidents: readonly PublicIncident[]) => {
    const copy = green();
    return {
      ...copy,
      state: { ...copy.state, incidents, left_out: { components: 9, incidents: 0, valid_until: at(1) } },
    };
  };
  // Before the snapshot's own half-life, so that nothing else explains it.
  const later = { ...reader, now: NOW + MINUTE };
  expect(headline(statusView(cut([]), reader)).status).toBe('operational');
  expect(nextDecay(cut([]), NOW)).toBe(later.now);
  expect(headline(statusView(cut([]), later))).toMatchObject({ status: 'unknown', confirmed: 'operational' });
  const times = { started_at: at(0), updated_at: at(0), resolved_at: null };
  const words = {
    code: 'abc123abc123',
    name: 'Card payments fail',
    status: 'investigating',
    impact: 'critical',
  } as const;
  const open = { ...words, ...times, components: [], updates: [], conflict: false };
  expect(headline(statusView(cut([open]), later)).status).toBe('major_outage');
});

test('a component decays on its own word while the rest of the page lives', () => {
  const view = statusView(green({ valid_until: at(14) }), { ...reader, now: NOW + 6 * MINUTE });
  expect(view.type === 'status' && view.groups[0]?.components[0]?.status).toBe('unknown');
  expect(headline(view)).toMatchObject({ status: 'unknown', freshness: 'fresh' });
});

test('an incident’s own file gives all its updates, but never an older word than the snapshot’s', () => {
  const update = (id: string) => ({ id, status: 'investigating', text: id, at: at(0), lang: null }) as const;
  const stated: PublicIncident = {
    code: 'abc123abc123',
    name: 'Card payments fail',
    status: 'investigating',
    impact: 'major',
    started_at: at(0),
    updated_at: at(0),
    resolved_at: null,
    components: [],
    updates: [update('b')],
    conflict: false,
  };
  const file = { ...stated, updates: [update('b'), update('a')] };
  const shown = (inSnapshot: readonly PublicIncident[], record: PublicIncident | null, as_of = at(-30)) => {
    const copy = green({});
    const held = record === null ? null : { record, as_of };
    const view = recordView({ ...copy, state: { ...copy.state, incidents: inSnapshot } }, reader, stated.code, held);
    return view.type === 'incident'
      ? { updates: view.incident.updates.map(({ id }) => id), as_of: view.as_of }
      : view.type;
  };
  expect(shown([stated], file)).toEqual({ updates: ['b', 'a'], as_of: green().generated_at });
  expect(shown([], file)).toEqual({ updates: ['b', 'a'], as_of: at(-30) });
  expect(shown([{ ...stated, updated_at: at(5), updates: [update('c')] }], file)).toMatchObject({ updates: ['c'] });
  expect(shown([stated], file, at(20))).toEqual({ updates: ['b', 'a'], as_of: at(20) });
  const overruled = [{ at: at(-1), reason: 'A drill.' }];
  expect(shown([stated], { ...file, retractions: overruled }, at(20))).toEqual({ updates: ['b', 'a'], as_of: at(20) });
  // An author whose clock is slow, or whose word came late, moves no time.
  expect(shown([{ ...stated, impact: 'critical', updates: [update('c')] }], file)).toMatchObject({ updates: ['c'] });
  expect(shown([{ ...stated, updates: [update('c')] }], file, at(20))).toMatchObject({ updates: ['c'] });
  expect(shown([{ ...stated, updates: [update('c')] }], file, green().generated_at)).toMatchObject({
    updates: ['b', 'a'],
  });
  expect(shown([], null)).toBe('absent');
});
