import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoTime } from '../../src/model/clock.ts';
import { confirmed, contradiction, SETTLE_MS } from '../../src/model/disagreement.ts';
import type {
  PublicComponent,
  PublicIncident,
  PublicMaintenance,
  PublicState,
  Snapshot,
} from '../../src/model/snapshot.ts';
import { NOW, snapshot } from './state-arbitraries.ts';

const SECOND = 1_000;
const at = (seconds: number) => isoTime(NOW + seconds * SECOND);
const HOUR_AGO = at(-3_600);

function component(status: PublicComponent['status'], changed_at = HOUR_AGO): PublicComponent {
  const rest = { name: 'API', description: null, group: null, checked_at: at(-5), valid_until: at(60) };
  return { id: 'api', ...rest, status, changed_at };
}

function incident(changes: Partial<PublicIncident> = {}): PublicIncident {
  return {
    code: 'abc123abc123',
    name: 'Card payments fail',
    status: 'investigating',
    impact: 'major',
    started_at: HOUR_AGO,
    updated_at: HOUR_AGO,
    resolved_at: null,
    components: [],
    updates: [],
    conflict: false,
    ...changes,
  };
}

function maintenance(changes: Partial<PublicMaintenance> = {}): PublicMaintenance {
  return {
    code: 'm00000000001',
    name: 'New database',
    status: 'in_progress',
    impact: 'maintenance',
    scheduled_for: HOUR_AGO,
    scheduled_until: at(3_600),
    created_at: HOUR_AGO,
    updated_at: HOUR_AGO,
    started_at: HOUR_AGO,
    ended_at: null,
    components: [],
    updates: [],
    conflict: false,
    ...changes,
  };
}

function said(state: Partial<PublicState>, generated = -10): Snapshot {
  return {
    v: 1,
    seq: 1,
    page: { name: 'Tidewater', url: null, language: 'en', time_zone: 'Etc/UTC' },
    generated_at: at(generated),
    valid_until: at(generated + 120),
    state: { groups: [], components: [], incidents: [], recent: [], maintenances: [], ...state },
    parts: '',
  };
}

describe('two live snapshots contradict each other', () => {
  test('over a component that one calls operational and the other down', () => {
    const [up, down] = [
      said({ components: [component('operational')] }),
      said({ components: [component('major_outage')] }),
    ];
    expect(contradiction(up, down, NOW)).toEqual({ components: ['api'], incidents: [] });
  });

  test('over an incident that one does not know, or calls over', () => {
    const open = said({ incidents: [incident()] });
    expect(contradiction(open, said({}), NOW)?.incidents).toEqual(['abc123abc123']);
    const over = said({ recent: [incident({ status: 'resolved', resolved_at: HOUR_AGO })] });
    expect(contradiction(over, open, NOW)?.incidents).toEqual(['abc123abc123']);
  });

  test('over a maintenance that one does not know, calls over, or says has not begun', () => {
    const running = said({ maintenances: [maintenance()] });
    const planned = maintenance({ status: 'scheduled', started_at: null });
    const over = maintenance({ status: 'completed', ended_at: HOUR_AGO });
    for (const maintenances of [[], [planned], [over]])
      expect(contradiction(running, said({ maintenances }), NOW)?.incidents).toEqual(['m00000000001']);
  });

  test('over an incident that one does not know, although it left out components', () => {
    const left_out = { components: 3, incidents: 0, valid_until: null };
    expect(contradiction(said({ incidents: [incident()] }), said({ left_out }), NOW)?.incidents).toEqual([
      'abc123abc123',
    ]);
  });
});

describe('two snapshots do not contradict each other', () => {
  test('when one was signed before the news of the other could reach it', () => {
    const news = at(-SETTLE_MS / SECOND);
    const down = said({ components: [component('major_outage', news)], incidents: [incident({ updated_at: news })] });
    expect(contradiction(said({ components: [component('operational')] }, -90), down, NOW)).toBeNull();
    expect(contradiction(said({ components: [component('operational')] }, -1), down, NOW)).toBeNull();
  });

  test('when one signed the news that the other, which signed long before, could not know', () => {
    const since = at(-60);
    const [up, down] = [component('operational'), component('major_outage', since)];
    const over = incident({ status: 'resolved', resolved_at: since, updated_at: since });
    const before = said({ components: [up], incidents: [incident()] }, -70);
    expect(contradiction(before, said({ components: [down], recent: [over] }), NOW)).toBeNull();
  });

  test('when what one tells was taken back, and the other never knew it', () => {
    const retracted = { at: HOUR_AGO, reason: 'A drill.' };
    const taken = said({ incidents: [incident({ retracted })], maintenances: [maintenance({ retracted })] });
    expect(contradiction(taken, said({}), NOW)).toBeNull();
  });

  test('when one does not know, or left out what the other says', () => {
    const down = said({ components: [component('major_outage')], incidents: [incident()] });
    const unknown = said({ components: [component('unknown')], left_out: { components: 0, incidents: 1 } } as never);
    expect(contradiction(down, unknown, NOW)).toBeNull();
  });

  test('when an incident is over in one and forgotten in the other', () => {
    const over = said({ recent: [incident({ status: 'resolved', resolved_at: HOUR_AGO })] });
    expect(contradiction(over, said({}), NOW)).toBeNull();
    expect(
      contradiction(said({ recent: [incident({ status: 'postmortem', resolved_at: HOUR_AGO })] }), over, NOW),
    ).toBeNull();
  });

  test('when one of them is not live', () => {
    const down = said({ components: [component('major_outage')] });
    for (const generated of [-121, 600]) {
      expect(contradiction(said({ components: [component('operational')] }, generated), down, NOW)).toBeNull();
    }
  });

  test('when they are the same, whatever they are', () => {
    fc.assert(fc.property(snapshot, (one) => contradiction(one, { ...one, seq: 2 }, NOW) === null));
  });
});

test('a contradiction is the same from both sides', () => {
  fc.assert(
    fc.property(snapshot, snapshot, (a, b) => {
      const sides = [contradiction(a, b, NOW), contradiction(b, a, NOW)];
      const [one, other] = sides.map((side) => side && [side.components.toSorted(), side.incidents]);
      expect(one).toEqual(other);
    }),
  );
});

test('only what was seen twice in a row is said', () => {
  const first = { components: ['api', 'web'], incidents: ['a'] };
  expect(confirmed(null, first)).toBeNull();
  expect(confirmed(first, null)).toBeNull();
  expect(confirmed(first, { components: ['cards'], incidents: [] })).toBeNull();
  expect(confirmed(first, { components: ['api'], incidents: [] })).toEqual({ components: ['api'], incidents: [] });
});
