import { describe, expect, test } from 'vitest';
import { type Site, statedSite } from '../../src/model/site.ts';
import type { PublicIncident, PublicMaintenance } from '../../src/model/snapshot.ts';
import { type Observed, publicState, RECENT_MS, type StateInputs, statedClaims } from '../../src/model/state.ts';
import { NOW } from './state-arbitraries.ts';

const at = (ms: number) => new Date(NOW + ms).toISOString();
const probe = { kind: 'tcp', host: 'localhost', port: 1, every_ms: 1000, deadline_ms: 500 } as const;
const site: Site = {
  name: 'Tidewater',
  url: null,
  language: 'en',
  time_zone: 'Etc/UTC',
  groups: [],
  components: [
    { id: 'api', name: 'API', description: null, group: null, probes: [probe] },
    { id: 'desk', name: 'Help desk', description: null, group: null, probes: [] },
  ],
  vendors: [],
  valid_for_ms: 300_000,
  publish_every_ms: 30_000,
  quorum: 1,
  relays: [],
  mirrors: [],
  api: { maintenance_indicator: false },
};
const up: Observed = { status: 'operational', checked_at: at(-1000), changed_at: at(-9000), valid_until: at(60_000) };
const incident: PublicIncident = {
  code: 'abc123abc123',
  name: 'Slow API',
  status: 'identified',
  impact: 'minor',
  started_at: at(-60_000),
  updated_at: at(-30_000),
  resolved_at: null,
  components: [{ id: 'api', status: 'partial_outage' }],
  updates: [],
  conflict: false,
};

const calm = { site: statedSite(site), incidents: [], maintenances: [], handSet: () => undefined, now: NOW } as const;

function statuses(overrides: Partial<StateInputs>) {
  const inputs: StateInputs = { ...calm, observed: () => up, ...overrides };
  return Object.fromEntries(publicState(inputs).components.map((component) => [component.id, component]));
}

describe('a component', () => {
  test('is what the watchers see, for as long as they say', () => {
    expect(statuses({}).api).toMatchObject(up);
  });

  test('is unknown when a probe has no live answer', () => {
    expect(statuses({ observed: () => undefined }).api?.status).toBe('unknown');
    expect(statuses({ observed: () => ({ ...up, valid_until: at(-1) }) }).api?.status).toBe('unknown');
    expect(statuses({ observed: () => ({ ...up, valid_until: null }) }).api?.status).toBe('unknown');
  });

  test('takes the worse word of an open incident, and drops it when the incident ends', () => {
    expect(statuses({ incidents: [incident] }).api).toMatchObject({ status: 'partial_outage', valid_until: null });
    expect(statuses({ incidents: [{ ...incident, status: 'resolved' }] }).api?.status).toBe('operational');
  });

  test('set green by hand is green only where nothing is probed', () => {
    const handSet = () => ({ status: 'operational', at: at(-1) }) as const;
    const set = statuses({ observed: () => undefined, handSet });
    expect([set.api?.status, set.desk?.status]).toEqual(['unknown', 'operational']);
    // And no longer than the watchers' word lasts.
    expect(statuses({ handSet }).api).toMatchObject(up);
  });

  test('that nobody watches or speaks of is unknown', () => {
    expect(statuses({ observed: () => undefined }).desk?.status).toBe('unknown');
  });
});

test('resolved incidents stay for fourteen days, with their last update', () => {
  const update = { id: '1', status: 'resolved', text: 'Fixed.', at: at(0), lang: null } as const;
  const done = { ...incident, status: 'resolved', resolved_at: at(-1000), updates: [update, update] } as const;
  const old = { ...done, code: 'old', resolved_at: at(-RECENT_MS - 1) };
  const inputs = { ...calm, observed: () => up };
  const state = publicState({ ...inputs, incidents: [done, old] });
  expect(state.recent.map(({ code, updates }) => [code, updates.length])).toEqual([['abc123abc123', 1]]);
  expect(state.incidents).toEqual([]);
});

test('a later probe with the same answer makes no new claim', () => {
  const first = publicState({ ...calm, observed: () => up });
  const later = publicState({ ...calm, observed: () => ({ ...up, checked_at: at(0), valid_until: at(90_000) }) });
  expect(later).not.toEqual(first);
  expect(statedClaims(later)).toEqual(statedClaims(first));
});

describe('a maintenance', () => {
  const maintenance: PublicMaintenance = {
    code: 'm00000000001',
    name: 'New database',
    status: 'in_progress',
    impact: 'maintenance',
    scheduled_for: at(-60_000),
    scheduled_until: at(60_000),
    created_at: at(-90_000),
    updated_at: at(-50_000),
    started_at: at(-50_000),
    ended_at: null,
    components: ['api'],
    updates: [],
    conflict: false,
  };
  const down: Observed = { ...up, status: 'major_outage' };

  test('that runs stands for the component, also where it does not answer as was announced', () => {
    expect(statuses({ maintenances: [maintenance] }).api?.status).toBe('under_maintenance');
    expect(statuses({ maintenances: [maintenance], observed: () => down }).api?.status).toBe('under_maintenance');
  });

  test('excuses nothing after its announced end, and nothing that an incident says', () => {
    const late = { ...maintenance, scheduled_until: at(-1) };
    expect(statuses({ maintenances: [late], observed: () => down }).api?.status).toBe('major_outage');
    expect(statuses({ maintenances: [maintenance], incidents: [incident] }).api?.status).toBe('partial_outage');
  });

  test('that is only planned changes no status, even when its time has come: nobody said that it began', () => {
    const planned = { ...maintenance, status: 'scheduled', started_at: null } as const;
    expect(statuses({ maintenances: [planned] }).api?.status).toBe('operational');
  });

  test('stands in front of those that ended, which go after fourteen days', () => {
    const ended = { ...maintenance, code: 'm00000000002', status: 'completed', ended_at: at(-1) } as const;
    const old = { ...ended, code: 'm00000000003', ended_at: at(-RECENT_MS - 1) } as const;
    const state = publicState({ ...calm, observed: () => up, maintenances: [old, ended, maintenance] });
    expect(state.maintenances.map(({ code }) => code)).toEqual(['m00000000001', 'm00000000002']);
  });
});
