import { describe, expect, test } from 'vitest';
import { isoTime } from '../../src/model/clock.ts';
import type { ComponentStatus } from '../../src/model/status.ts';
import { site } from '../node/publish/harbour.ts';
import { createWorld, MINUTE, NOW, type World } from '../node/publish/world.ts';

const desk = { id: 'desk', name: 'Help desk', description: null, group: null, probes: [] };

/** A watcher speaks of the rest of the site; nobody looks at the help desk. */
function watched(): World {
  const world = createWorld({ components: [...site.components, desk] });
  world.pulse(NOW - 1000);
  return world;
}

const shown = (world: World, now = NOW) => world.published(now).folded.state.components.find(({ id }) => id === 'desk');
const set = (world: World, status: ComponentStatus, at: number) =>
  world.say('component.set', { component: 'desk', status }, at);

describe('a component that nothing probes', () => {
  test('is unknown until a person says how it is', () => {
    expect(shown(watched())?.status).toBe('unknown');
  });

  test('is what a person set, operational too, for as long as nobody says otherwise', () => {
    const world = watched();
    set(world, 'operational', NOW - 10 * MINUTE);
    expect(shown(world)).toMatchObject({ status: 'operational', checked_at: null, valid_until: null });
    set(world, 'partial_outage', NOW - 5 * MINUTE);
    expect(shown(world)?.status).toBe('partial_outage');
    set(world, 'operational', NOW - 2 * MINUTE);
    expect(shown(world, NOW + MINUTE)?.status).toBe('operational');
  });
});

test('a component that is probed and that no watcher saw is unknown, whatever a person set', () => {
  const world = createWorld();
  world.say('component.set', { component: 'cards', status: 'operational' }, NOW - 10 * MINUTE);
  const { components } = world.published(NOW).folded.state;
  expect(components.map(({ status }) => status)).toEqual(Array(components.length).fill('unknown'));
});

test('one signed event carries no reason of what counts no more', () => {
  const world = createWorld();
  world.maintenance('scheduled', 'Tonight.', NOW - 40 * MINUTE);
  world.say('incident.retract', { incident: 'm00000000001', update: null, reason: 'Not ours.' }, NOW - 30 * MINUTE);
  world.maintenance('scheduled', 'Later.', NOW - 20 * MINUTE);
  const { claims, folded } = world.published(NOW);
  expect(folded.said.maintenances[0]?.retractions).toHaveLength(1);
  expect(JSON.stringify(claims)).not.toContain('Not ours.');
});

test('a component that is well again is so since people said it, and since watchers saw it where that came later', () => {
  const world = createWorld();
  for (const { id } of world.site.components) world.saw(id, 'operational', NOW - 60 * MINUTE);
  world.incident('investigating', 'Cards fail.', NOW - 20 * MINUTE);
  world.incident('resolved', 'Over.', NOW - 10 * MINUTE);
  world.pulse(NOW - 1000);
  const changed = () =>
    Object.fromEntries(world.published(NOW).folded.state.components.map((one) => [one.id, one.changed_at]));
  expect(changed()).toMatchObject({ cards: isoTime(NOW - 10 * MINUTE), api: isoTime(NOW - 60 * MINUTE) });
  world.saw('cards', 'operational', NOW - 5 * MINUTE);
  world.pulse(NOW - 1000);
  expect(changed()).toMatchObject({ cards: isoTime(NOW - 5 * MINUTE) });
});
