import { describe, expect, test } from 'vitest';
import { isoTime } from '../../../../src/model/clock.ts';
import type {
  WireComponent,
  WireIncident,
  WireMaintenance,
  WirePage,
  WireRollup,
} from '../../../../src/node/publish/statuspage/wire.ts';
import { CODE, createWorld, FOUNDED, json, MINUTE, NOW, type World } from '../world.ts';

interface Summary {
  readonly page: WirePage;
  readonly components: readonly WireComponent[];
  readonly incidents: readonly WireIncident[];
  readonly scheduled_maintenances: readonly WireMaintenance[];
  readonly status: WireRollup;
}

const summary = (world: World, now = NOW) => json<Summary>(world.files(now), 'api/v2/summary.json');
const list = (world: World, path: string, now = NOW) =>
  json<Pick<Summary, 'incidents'>>(world.files(now), `api/v2/${path}.json`).incidents;
const works = (world: World, path: string, now = NOW) =>
  json<Pick<Summary, 'scheduled_maintenances'>>(world.files(now), `api/v2/scheduled-maintenances${path}.json`)
    .scheduled_maintenances;

/** Watched by one live watcher. */
function watched(changes = {}): World {
  const world = createWorld(changes);
  for (const { id } of world.site.components) world.saw(id, 'operational', NOW - 60 * MINUTE);
  world.pulse(NOW - 1000);
  return world;
}

describe('components', () => {
  test('come by position, those without a group first, groups with the worst of their own', () => {
    const world = watched();
    world.pulse(NOW - 1000, { ledger: 'degraded_performance', cards: 'under_maintenance' });
    const { components } = summary(world);
    expect(components.map(({ name, position, status }) => [name, position, status])).toEqual([
      ['API', 1, 'operational'],
      ['Card payments', 1, 'under_maintenance'],
      ['Moving money', 2, 'degraded_performance'],
      ['Ledger', 2, 'degraded_performance'],
    ]);
    const group = components.find((one) => one.group);
    const children = components.filter(({ group_id }) => group_id === group?.id);
    expect(group?.components).toEqual(children.map(({ id }) => id));
    expect(components.filter((one) => 'components' in one)).toEqual([group]);
  });

  test('have ids that follow from the organisation and their own id alone', () => {
    const ids = summary(watched()).components.map(({ id }) => id);
    expect(ids.every((id) => /^[0-9a-z]{12}$/.test(id))).toBe(true);
    expect(summary(watched({ name: 'Renamed' })).components.map(({ id }) => id)).toEqual(ids);
    expect(new Set(ids).size).toBe(4);
  });

  test('stand there even where one signed snapshot has no room for all of them', () => {
    const [one] = createWorld().site.components;
    const many = Array.from({ length: 600 }, (_, index) => ({
      ...one,
      id: `c${index}`,
      name: `Part ${index}`,
      group: null,
    }));
    const world = watched({ groups: [], components: many });
    expect(world.published(NOW).claims.state.left_out?.components).toBeGreaterThan(0);
    expect(summary(world).components).toHaveLength(600);
  });
});

describe('times', () => {
  test('stand in the zone of the page, with the offset of their own season', () => {
    const world = watched({ time_zone: 'America/Los_Angeles' });
    const { page, components } = summary(world);
    expect(page.updated_at).toBe('2026-11-21T19:12:39.000-08:00');
    expect(components[0]?.created_at).toBe('2026-09-21T07:13:20.000-07:00');
    expect(summary(watched()).page.updated_at).toBe('2026-11-22T03:12:39.000Z');
  });

  test('never say +00:00, and say half hours', () => {
    expect(summary(watched({ time_zone: 'Europe/London' })).page.updated_at).toBe('2026-11-22T03:12:39.000Z');
    expect(summary(watched({ time_zone: 'Asia/Kolkata' })).page.updated_at).toBe('2026-11-22T08:42:39.000+05:30');
  });
});

describe('page.updated_at', () => {
  test('stays at the last signed word when the watchers fall silent', () => {
    const world = watched();
    expect(summary(world, NOW + 60 * MINUTE).page.updated_at).toBe(isoTime(NOW - 1000));
  });

  test('is not kept young by a clock that is ahead', () => {
    const world = watched();
    world.incident('investigating', 'Hello from 2031.', Date.parse('2031-01-01T00:00:00.000Z'));
    expect(summary(world, NOW + 60 * MINUTE).page.updated_at).toBe(isoTime(NOW - 1000));
    world.pulse(NOW + MINUTE);
    expect(summary(world).page.updated_at).toBe(isoTime(NOW));
  });

  test('moves with what was taken back, be it an incident or a maintenance', () => {
    const world = watched();
    world.incident('investigating', 'We are looking.', NOW - 9 * MINUTE);
    world.maintenance('scheduled', 'Tonight.', NOW - 8 * MINUTE);
    const updatedAt = () => summary(world, NOW + 60 * MINUTE).page.updated_at;
    for (const [minutes, incident] of [CODE, 'm00000000001'].entries()) {
      const at = NOW + (5 + minutes) * MINUTE;
      world.say('incident.retract', { incident, update: null, reason: 'A drill.' }, at);
      expect(updatedAt()).toBe(isoTime(at));
    }
  });

  test('is the publisher’s own word where nothing is probed', () => {
    const components = createWorld().site.components.map((one) => ({ ...one, probes: [] }));
    const world = createWorld({ components });
    world.say('component.set', { component: 'api', status: 'operational' }, NOW - 90 * MINUTE);
    expect(summary(world).page.updated_at).toBe(isoTime(NOW));
  });
});

describe('an incident', () => {
  test('has its updates newest first, with what each changed', () => {
    const world = watched();
    world.incident('investigating', 'We are looking.', NOW - 9 * MINUTE);
    world.incident('monitoring', 'Better.', NOW - 5 * MINUTE, {
      components: [{ id: 'cards', status: 'degraded_performance' }],
    });
    const [incident] = list(world, 'incidents/unresolved');
    const cards = summary(world).components.find(({ name }) => name === 'Card payments');
    expect(incident).toMatchObject({
      id: CODE,
      status: 'monitoring',
      created_at: isoTime(NOW - 9 * MINUTE),
      monitoring_at: isoTime(NOW - 5 * MINUTE),
      resolved_at: null,
      shortlink: `https://status.example.com/incidents/${CODE}/`,
      components: [cards],
    });
    const changes = incident?.incident_updates.map(({ affected_components }) => affected_components);
    const said = { code: cards?.id, name: 'Moving money - Card payments' };
    expect(changes).toEqual([
      [{ ...said, old_status: 'partial_outage', new_status: 'degraded_performance' }],
      [{ ...said, old_status: 'operational', new_status: 'partial_outage' }],
    ]);
  });

  test('keeps what its updates said of a component that is on the page no more', () => {
    const world = watched();
    world.incident('investigating', 'We are looking.', NOW - 9 * MINUTE);
    const [before] = list(world, 'incidents')[0]?.incident_updates ?? [];
    const gone = watched({ components: world.site.components.filter(({ id }) => id !== 'cards') });
    gone.incident('investigating', 'We are looking.', NOW - 9 * MINUTE);
    const [incident] = list(gone, 'incidents');
    expect(incident?.components).toEqual([]);
    const [said] = before?.affected_components ?? [];
    expect(incident?.incident_updates[0]?.affected_components).toEqual([{ ...said, name: 'cards' }]);
  });

  test('moves to the resolved ones; its own file says the same', () => {
    const world = watched();
    world.incident('investigating', 'We are looking.', NOW - 9 * MINUTE);
    world.incident('resolved', 'Done.', NOW - 5 * MINUTE);
    expect(list(world, 'incidents/unresolved')).toEqual([]);
    const [incident] = list(world, 'incidents/resolved');
    expect(incident).toMatchObject({ id: CODE, resolved_at: isoTime(NOW - 5 * MINUTE) });
    expect(list(world, 'incidents')).toEqual([incident]);
    expect(json(world.files(NOW), `incidents/${CODE}.json`)).toEqual(incident);
  });

  test('keeps the id and the first time of an update that was corrected', () => {
    const world = watched();
    const first = world.incident('investigating', 'Crads fail.', NOW - 9 * MINUTE);
    const [before] = list(world, 'incidents')[0]?.incident_updates ?? [];
    world.incident('investigating', 'Cards fail.', NOW - 5 * MINUTE, { corrects: first });
    const updates = list(world, 'incidents')[0]?.incident_updates;
    expect(updates).toEqual([{ ...before, body: 'Cards fail.', updated_at: isoTime(NOW - 5 * MINUTE) }]);
  });

  test('that was taken back is in no list, and neither is an update that was', () => {
    const world = watched();
    world.incident('investigating', 'We are looking.', NOW - 9 * MINUTE);
    const wrong = world.incident('identified', 'The wrong place.', NOW - 8 * MINUTE);
    world.say('incident.retract', { incident: CODE, update: wrong, reason: 'Meant for another.' }, NOW - 7 * MINUTE);
    expect(list(world, 'incidents')[0]?.incident_updates.map(({ body }) => body)).toEqual(['We are looking.']);
    world.say('incident.retract', { incident: CODE, update: null, reason: 'A drill.' }, NOW - 6 * MINUTE);
    expect(list(world, 'incidents')).toEqual([]);
  });

  test('that was dated back is created when it was written, and shown at its own time', () => {
    const world = watched();
    world.incident('resolved', 'Last night.', NOW - MINUTE, { display_at: isoTime(NOW - 600 * MINUTE) });
    const [incident] = list(world, 'incidents');
    expect(incident).toMatchObject({ created_at: isoTime(NOW - MINUTE), started_at: isoTime(NOW - 600 * MINUTE) });
    expect(incident?.incident_updates[0]).toMatchObject({
      created_at: isoTime(NOW - MINUTE),
      display_at: isoTime(NOW - 600 * MINUTE),
      deliver_notifications: false,
    });
  });

  test('is one of the fifty newest in the list', () => {
    const world = watched();
    for (let n = 0; n < 55; n += 1) {
      const incident = `incident${String(n).padStart(4, '0')}`;
      world.incident('resolved', 'Done.', NOW - 900 * MINUTE + n * MINUTE, { incident });
    }
    const ids = list(world, 'incidents').map(({ id }) => id);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([50, 'incident0054', 'incident0005']);
  });
});

describe('a maintenance', () => {
  test('goes from upcoming to active to the rest, and has its times last', () => {
    const world = watched();
    world.maintenance('scheduled', 'Tonight.', NOW - 30 * MINUTE);
    expect([works(world, '').length, works(world, '/upcoming').length, works(world, '/active').length]).toEqual([
      1, 1, 0,
    ]);
    world.maintenance('in_progress', 'Now.', NOW - 20 * MINUTE);
    expect([works(world, '').length, works(world, '/upcoming').length, works(world, '/active').length]).toEqual([
      1, 0, 1,
    ]);
    expect(summary(world).scheduled_maintenances).toEqual(works(world, '/active'));
    expect(Object.keys(works(world, '')[0] ?? {}).slice(-3)).toEqual([
      'components',
      'scheduled_for',
      'scheduled_until',
    ]);
    world.maintenance('cancelled', 'Not tonight.', NOW - 10 * MINUTE);
    expect(works(world, '/active')).toEqual([]);
    const [work] = works(world, '');
    expect(work).toMatchObject({ status: 'completed', resolved_at: isoTime(NOW - 10 * MINUTE) });
    expect(work?.incident_updates[0]).toMatchObject({ status: 'completed', body: 'Not tonight.' });
  });

  test('of which nobody says that it began is upcoming until its planned end, and scheduled for ever', () => {
    const world = watched();
    world.maintenance('scheduled', 'Tonight.', NOW - 30 * MINUTE);
    const end = NOW + 120 * MINUTE;
    const lists = (now: number) => ['/upcoming', '/active', ''].map((path) => works(world, path, now).length);
    expect([lists(end), lists(end + 1)]).toEqual([
      [1, 0, 1],
      [0, 0, 1],
    ]);
    expect(summary(world, end + 1).scheduled_maintenances).toEqual([]);
    const [work] = works(world, '', end + 1);
    expect(work).toMatchObject({ status: 'scheduled', resolved_at: null, scheduled_until: isoTime(end) });
    expect(world.files(end + 1).has(`incidents/${work?.id}.json`)).toBe(true);
  });
});

describe('what nobody knows', () => {
  test('is degraded, with an incident that says since when', () => {
    const world = watched();
    const end = NOW - 1000 + 90_000;
    const { status, components, incidents } = summary(world, end + 10 * MINUTE);
    expect(status).toEqual({ indicator: 'minor', description: 'Degraded System Service' });
    expect(components.map((one) => one.status)).toEqual(Array(4).fill('degraded_performance'));
    expect(incidents).toMatchObject([
      {
        name: 'Status unknown since 2026-11-22 03:14 UTC',
        status: 'investigating',
        impact: 'minor',
        started_at: isoTime(end),
        created_at: isoTime(end),
      },
    ]);
    expect(incidents[0]?.components.map(({ name }) => name)).toEqual(['API', 'Card payments', 'Ledger']);
  });

  test('keeps its code over rounds and restarts, and is resolved when the watcher is back', () => {
    const world = watched();
    const end = NOW - 1000 + 90_000;
    const [first] = summary(world, end + MINUTE).incidents;
    expect(summary(world, end + 30 * MINUTE).incidents).toEqual([first]);
    // The watcher begins again: first what it owes, then what it sees.
    for (const { id } of world.site.components) world.saw(id, 'unknown', end);
    const back = end + 40 * MINUTE;
    for (const { id } of world.site.components) world.saw(id, 'operational', back);
    world.pulse(back);
    expect(summary(world, back).incidents).toEqual([]);
    const [resolved] = list(world, 'incidents', back);
    expect(resolved).toMatchObject({
      id: first?.id,
      status: 'resolved',
      started_at: isoTime(end),
      resolved_at: isoTime(back),
    });
    expect(resolved?.incident_updates.map(({ status }) => status)).toEqual(['resolved', 'investigating']);
    expect(summary(world, back).status.description).toBe('All Systems Operational');
  });

  test('is said of a page that nobody ever watched, and of one without components', () => {
    const silent = summary(createWorld());
    expect(silent.incidents).toMatchObject([{ name: 'Status unknown since 2026-09-21 14:13 UTC' }]);
    expect(silent.page.updated_at).toBe(isoTime(FOUNDED));
    const empty = summary(createWorld({ components: [], groups: [] }));
    expect([empty.status.indicator, empty.incidents.length]).toEqual(['minor', 1]);
  });

  test('is said since the last word of a person, where no watcher ever saw the component', () => {
    const world = createWorld();
    world.incident('investigating', 'We are looking.', NOW - 60 * MINUTE);
    world.incident('resolved', 'Done.', NOW - 30 * MINUTE);
    const unknown = summary(world).incidents;
    expect(unknown.map(({ name, components }) => [name, components.map((one) => one.name)])).toEqual([
      ['Status unknown since 2026-11-22 02:42 UTC', ['Card payments']],
      ['Status unknown since 2026-09-21 14:13 UTC', ['API', 'Ledger']],
    ]);
    expect(summary(world, NOW + MINUTE).incidents.map(({ id }) => id)).toEqual(unknown.map(({ id }) => id));
  });

  test('is not said again of what a person called unknown', () => {
    const world = watched();
    world.say('component.set', { component: 'api', status: 'unknown' }, NOW - MINUTE);
    expect(summary(world).status.description).toBe('Partially Degraded Service');
    expect(summary(world).incidents).toEqual([]);
  });
});

test('no file has a key that Statuspage does not have', () => {
  const world = watched();
  world.incident('investigating', 'We are looking.', NOW - 9 * MINUTE);
  const { page, status, ...rest } = summary(world);
  expect(Object.keys(page)).toEqual(['id', 'name', 'url', 'time_zone', 'updated_at']);
  expect(Object.keys(status)).toEqual(['indicator', 'description']);
  expect(Object.keys(rest)).toEqual(['components', 'incidents', 'scheduled_maintenances']);
});
