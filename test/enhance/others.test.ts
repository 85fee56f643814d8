import { describe, expect, test } from 'vitest';
import { compare } from '../../src/enhance/others.ts';
import { begun, open } from '../components/told.ts';
import { copyOf, NOW } from './copies.ts';

const down = { status: 'major_outage', publisher: 'b', host: 'mirror.example' } as const;

describe('when the other places are heard', () => {
  test('a contradiction between two publishers is said only when it is seen twice, with host and time of the other', () => {
    const copies = [copyOf(), copyOf({ ...down, age: 20 })];
    const first = compare(copies, null, NOW);
    expect(first).toMatchObject({ disagreement: null, newer: null, suspicion: { components: ['api'] } });
    const second = compare(copies, first.suspicion, NOW);
    expect(second.disagreement).toEqual({
      host: 'mirror.example',
      generated_at: copies[1]?.snapshot.generated_at,
      components: ['api'],
      incidents: [],
    });
    // Whichever of the two is the newer one next time: it is the same contradiction.
    expect(compare([copyOf({ age: 30 }), copyOf(down)], first.suspicion, NOW).disagreement?.host).toBe('origin');
  });

  test('the newer of two that contradict each other is shown', () => {
    const [shown, other] = [copyOf({ age: 40 }), copyOf(down)];
    expect(compare([shown, other], null, NOW).newer).toBe(other);
  });

  test('a suspicion that is gone the next time is none', () => {
    const suspicion = compare([copyOf(), copyOf(down)], null, NOW).suspicion;
    expect(compare([copyOf(), copyOf({ publisher: 'b' })], suspicion, NOW)).toMatchObject({
      suspicion: null,
      disagreement: null,
    });
  });

  test('a newer copy of the same publisher replaces one that got stuck, and one that says the same does not', () => {
    const stuck = copyOf({ age: 50 });
    const news = copyOf({ status: 'major_outage', host: 'mirror.example', age: 5 });
    expect(compare([stuck, news], null, NOW)).toMatchObject({ newer: news, suspicion: null, disagreement: null });
    expect(compare([stuck, copyOf({ host: 'mirror.example', age: 5 })], null, NOW).newer).toBeNull();
  });

  test.each([
    ['an incident', { incidents: [open('incident0001', 'Cards are down')] }],
    [
      'an incident that is over',
      { recent: [{ ...open('incident0001', 'Cards were down'), resolved_at: copyOf().received_at }] },
    ],
    ['a maintenance', { maintenances: [begun('upkeep000001', 'New disks')] }],
  ])('a newer copy that tells of %s besides says something else', (_, state) => {
    const news = copyOf({ host: 'mirror.example', age: 5, state });
    expect(compare([copyOf({ age: 50 }), news], null, NOW).newer).toBe(news);
  });
});
