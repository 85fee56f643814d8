import { expect, test } from 'vitest';
import { isoTime } from '../../../../src/model/clock.ts';
import type { WireComponent } from '../../../../src/node/publish/statuspage/wire.ts';
import { CODE, createWorld, json, MINUTE, NOW, type World } from '../world.ts';

/** Watchers saw everything well for an hour, and go on. */
function watched(): World {
  const world = createWorld();
  for (const { id } of world.site.components) world.saw(id, 'operational', NOW - 60 * MINUTE);
  return world;
}

/** As v2 has it at `now`. */
function told(world: World, name: string, now: number) {
  world.pulse(now - 1000);
  const { components } = json<{ components: readonly WireComponent[] }>(world.files(now), 'api/v2/components.json');
  const { status, updated_at } = components.find((one) => one.name === name) ?? {};
  return { status, updated_at };
}

test.each([
  ['is resolved', (world: World, at: number) => world.incident('resolved', 'Over.', at)],
  [
    'is taken back',
    (world: World, at: number) =>
      world.say('incident.retract', { incident: CODE, update: null, reason: 'A drill.' }, at),
  ],
])('a component and its group that were in an incident which %s were updated then', (_, end) => {
  const world = watched();
  world.incident('investigating', 'Cards fail.', NOW - 20 * MINUTE);
  const trouble = { status: 'partial_outage', updated_at: isoTime(NOW - 20 * MINUTE) };
  for (const name of ['Card payments', 'Moving money']) expect(told(world, name, NOW - 15 * MINUTE)).toEqual(trouble);
  end(world, NOW - 10 * MINUTE);
  const well = { status: 'operational', updated_at: isoTime(NOW - 10 * MINUTE) };
  for (const name of ['Card payments', 'Moving money']) expect(told(world, name, NOW)).toEqual(well);
});

test('a component that was under maintenance, or set by hand, was updated when that ended', () => {
  const world = watched();
  world.maintenance('in_progress', 'Work begins.', NOW - 30 * MINUTE);
  world.maintenance('completed', 'Done.', NOW - 20 * MINUTE);
  expect(told(world, 'Ledger', NOW).updated_at).toBe(isoTime(NOW - 20 * MINUTE));
  world.say('component.set', { component: 'api', status: 'major_outage' }, NOW - 9 * MINUTE);
  world.say('component.set', { component: 'api', status: 'operational' }, NOW - 8 * MINUTE);
  expect(told(world, 'API', NOW)).toEqual({ status: 'operational', updated_at: isoTime(NOW - 8 * MINUTE) });
});

test('a component that nobody could see was updated when that began', () => {
  const world = watched();
  const before = told(world, 'API', NOW - 30 * MINUTE).updated_at ?? '';
  const blind = json<{ components: readonly WireComponent[] }>(world.files(NOW), 'api/v2/components.json')
    .components[0];
  expect(blind?.status).toBe('degraded_performance');
  expect([before, blind?.updated_at].toSorted()).toEqual([before, blind?.updated_at]);
  expect(blind?.updated_at).not.toBe(before);
});
