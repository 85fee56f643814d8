import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blindness } from '../../src/model/blind-spans.ts';
import { isoTime } from '../../src/model/clock.ts';
import { statedSite } from '../../src/model/site.ts';
import { COMPONENT_STATUSES } from '../../src/model/status.ts';
import { CODE, createWorld, MINUTE, NOW, type World } from '../node/publish/world.ts';

const at = (minutes: number) => NOW + minutes * MINUTE;

function blind(world: World, now: number) {
  const { roster, folded, events, site } = world.published(now);
  return blindness(events, roster, statedSite(site), folded.state.components, folded.said, now);
}

describe('the page was blind', () => {
  test('from when the last watcher fell silent, and goes on until one sees again', () => {
    const world = createWorld();
    world.saw('api', 'operational', at(-60), 'north');
    world.saw('api', 'operational', at(-60), 'south');
    world.saw('api', 'unknown', at(-30), 'north');
    world.saw('api', 'unknown', at(-20), 'south');
    world.saw('api', 'partial_outage', at(-10), 'south');
    for (const vantage of ['north', 'south']) world.pulse(at(0), {}, vantage);
    expect(blind(world, at(0)).spans).toContainEqual({
      from: isoTime(at(-20)),
      until: isoTime(at(-10)),
      components: ['api'],
    });
  });

  test('while two watchers contradict each other', () => {
    const world = createWorld({ quorum: 2 });
    world.saw('api', 'operational', at(-60), 'north');
    world.saw('api', 'operational', at(-60), 'south');
    world.saw('api', 'major_outage', at(-30), 'north');
    world.saw('api', 'major_outage', at(-25), 'south');
    for (const vantage of ['north', 'south']) world.pulse(at(0), {}, vantage);
    expect(blind(world, at(0)).spans).toContainEqual({
      from: isoTime(at(-30)),
      until: isoTime(at(-25)),
      components: ['api'],
    });
  });

  test('once, where the spans of components touch', () => {
    const world = createWorld();
    for (const id of ['api', 'cards']) world.saw(id, 'operational', at(-60));
    world.saw('cards', 'unknown', at(-30));
    world.saw('api', 'unknown', at(-20));
    world.saw('cards', 'operational', at(-15));
    world.saw('api', 'operational', at(-10));
    world.pulse(at(0));
    expect(blind(world, at(0))).toEqual({
      spans: [{ from: isoTime(at(-30)), until: isoTime(at(-10)), components: ['cards', 'api'] }],
      told: [],
      never: [],
    });
  });

  test('not while a watcher that was taken out of service says nothing', () => {
    const world = createWorld();
    world.saw('api', 'operational', at(-600), 'south');
    world.saw('api', 'operational', at(-60), 'north');
    world.pulse(at(0), {}, 'north');
    expect(blind(world, at(0)).spans).toEqual([]);
  });

  test('not before anybody ever spoke; that is said apart', () => {
    const world = createWorld();
    expect(blind(world, at(0))).toEqual({ spans: [], told: [], never: ['cards', 'ledger', 'api'] });
  });

  test('of what no watcher ever saw, since the last word of a person ended and not since the beginning', () => {
    const world = createWorld();
    world.incident('investigating', 'They fail.', at(-60));
    expect(blind(world, at(-50))).toEqual({ spans: [], told: [], never: ['ledger', 'api'] });
    world.incident('resolved', 'Done.', at(-40), { components: [] });
    const cards = { from: isoTime(at(-40)), until: null, components: ['cards'] };
    expect(blind(world, at(-35))).toEqual({ spans: [], told: [cards], never: ['ledger', 'api'] });
    const times = { scheduled_for: isoTime(at(-30)), scheduled_until: isoTime(at(-20)) };
    world.maintenance('in_progress', 'Now.', at(-30), times);
    world.maintenance('completed', 'Done.', at(-25), times);
    world.say('component.set', { component: 'api', status: 'operational' }, at(-10));
    const ledger = { from: isoTime(at(-25)), until: null, components: ['ledger'] };
    const api = { from: isoTime(at(-10)), until: null, components: ['api'] };
    expect(blind(world, at(0))).toEqual({ spans: [], told: [cards, ledger, api], never: [] });
  });

  test('at the latest since now, however far ahead a post is dated', () => {
    const world = createWorld();
    world.say('component.set', { component: 'api', status: 'operational' }, at(5));
    expect(blind(world, at(0)).told).toEqual([{ from: isoTime(at(0)), until: null, components: ['api'] }]);
  });

  test('since the beginning of what people only planned, or took back', () => {
    const world = createWorld();
    world.maintenance('scheduled', 'Tonight.', at(-60));
    world.incident('investigating', 'They fail.', at(-50));
    world.say('incident.retract', { incident: CODE, update: null, reason: 'Not ours.' }, at(-40));
    expect(blind(world, at(0)).never).toEqual(['cards', 'ledger', 'api']);
  });

  test('not of what is under maintenance, as long as that is what the page says', () => {
    const world = createWorld();
    world.saw('ledger', 'operational', at(-60));
    const times = { scheduled_for: isoTime(at(-30)), scheduled_until: isoTime(at(30)) };
    world.maintenance('in_progress', 'Now.', at(-30), times);
    world.saw('ledger', 'unknown', at(-20));
    expect(blind(world, at(0)).spans).toEqual([]);
    world.maintenance('completed', 'Done.', at(10), times);
    expect(blind(world, at(20)).spans).toEqual([{ from: isoTime(at(-20)), until: null, components: ['ledger'] }]);
  });
});

test('goes on exactly while the page shows a component as unknown that somebody once knew', () => {
  const word = fc.record({
    vantage: fc.constantFrom('north', 'south'),
    component: fc.constantFrom('api', 'cards'),
    status: fc.constantFrom(...COMPONENT_STATUSES),
    minutes: fc.integer({ min: -60, max: -1 }),
  });
  const pulse = fc.option(
    fc.record({ minutes: fc.integer({ min: -10, max: 0 }), status: fc.constantFrom(...COMPONENT_STATUSES) }),
  );
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 8 }),
      pulse,
      pulse,
      fc.integer({ min: 1, max: 2 }),
      (words, north, south, quorum) => {
        const world = createWorld({ quorum });
        for (const { vantage, component, status, minutes } of words.toSorted((a, b) => a.minutes - b.minutes))
          world.saw(component, status, at(minutes), vantage);
        if (north) world.pulse(at(north.minutes), { api: north.status, cards: north.status }, 'north');
        if (south) world.pulse(at(south.minutes), { api: south.status }, 'south');
        const unknown = world
          .published(at(0))
          .folded.state.components.filter(({ status }) => status === 'unknown')
          .map(({ id }) => id);
        const { spans, told, never } = blind(world, at(0));
        expect(told).toEqual([]);
        const open = spans.filter(({ until }) => until === null);
        expect(open.length <= 1).toBe(true);
        expect(
          unknown.every((id) => never.includes(id) || open.some(({ components }) => components.includes(id))),
        ).toBe(true);
        expect(open.length + never.length > 0).toBe(unknown.length > 0);
        expect(spans.every(({ from, until }) => until === null || from <= until)).toBe(true);
      },
    ),
    { numRuns: 400 },
  );
});
