import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blindness } from '../../src/model/blind-spans.ts';
import { isoTime } from '../../src/model/clock.ts';
import { chainName, KIND, type SignedEvent } from '../../src/model/event.ts';
import { foldPublic } from '../../src/model/folded.ts';
import type { Observation } from '../../src/model/pulse.ts';
import { PULSE_PARTS_MAX } from '../../src/model/pulse-place.ts';
import { foldRoster } from '../../src/model/roster.ts';
import type { StatedSite } from '../../src/model/site.ts';
import { COMPONENT_STATUSES, type ComponentStatus } from '../../src/model/status.ts';
import { fakeEvent, fakeKey, ORG, ROOT, rosterEvent } from './events.ts';

const NOW = Date.parse('2026-11-22T03:12:40.000Z');
const VANTAGES = ['north', 'south'] as const;
const IDS = Array.from({ length: 8 }, (_, n) => `berth-${n}`);

const grants = VANTAGES.map((name) => ({ pk: fakeKey(name), member: name, roles: ['watcher'], vantage: name }));
const FOUNDING = rosterEvent(ROOT, { grants, removes: [], invites: [], set: {}, purges: [] });
const ROSTER = foldRoster([FOUNDING], ROOT);
const siteOf = (quorum: number): StatedSite => ({
  groups: [],
  quorum,
  components: IDS.map((id) => ({ id, name: id, description: null, group: null, probed: true })),
});

/** What a watcher saw at `at` (Unix ms), and how it dealt the components out over the places of its pulse. */
interface Seen {
  readonly vantage: string;
  readonly at: number;
  readonly valid: number;
  readonly observations: readonly Observation[];
  readonly deal: readonly number[];
}

const minutes = (min: number, max: number) => fc.integer({ min: min * 60, max: max * 60 }).map((s) => s * 1000);
const word = fc.record({
  status: fc.oneof(fc.constant<ComponentStatus>('operational'), fc.constantFrom(...COMPONENT_STATUSES)),
  checked: fc.option(minutes(-20, 3), { freq: 9 }),
  changed: fc.option(minutes(-60, 3), { freq: 5 }),
});
const seen = (vantage: string, at: fc.Arbitrary<number>): fc.Arbitrary<Seen> =>
  fc
    .record({
      at,
      valid: minutes(-1, 20),
      words: fc.tuple(...IDS.map(() => fc.option(word, { freq: 6 }))),
      deal: fc.tuple(...IDS.map(() => fc.integer({ min: 1, max: PULSE_PARTS_MAX }))),
    })
    .map(({ words, ...given }) => ({ words, rest: { ...given, at: NOW + given.at } }))
    .map(({ words, rest }) => ({
      ...rest,
      vantage,
      observations: words.flatMap((one, index) => (one === null ? [] : [observation(IDS[index] ?? '', one, rest.at)])),
    }));

function observation(
  id: string,
  { status, checked, changed }: typeof word extends fc.Arbitrary<infer W> ? W : never,
  at: number,
): Observation {
  return {
    subject: `component:${id}`,
    status,
    checked_at: checked === null ? null : isoTime(at + checked),
    changed_at: changed === null ? null : isoTime(at + changed),
    detail: null,
  };
}

const around = seen.bind(null, 'north');
const both = fc.tuple(...VANTAGES.map((vantage) => fc.option(seen(vantage, minutes(-20, 4)), { freq: 8 })));

function part({ vantage, at, valid }: Seen, place: number, observations: readonly Observation[]): SignedEvent {
  const content = { v: 1, vantage, at: isoTime(at), valid_until: isoTime(at + valid), observations };
  const d = chainName.pulse(ORG, vantage, place);
  return fakeEvent(fakeKey(vantage), KIND.pulse, d, content);
}

const whole = (one: Seen) => part(one, 1, one.observations);

/** One event for each place that has got something; always for the first. */
function split(one: Seen): readonly SignedEvent[] {
  const places = [...new Set([1, ...one.observations.map((_, index) => one.deal[index] ?? 1)])];
  return places.map((place) =>
    part(
      one,
      place,
      one.observations.filter((_, index) => one.deal[index] === place),
    ),
  );
}

function folded(pulses: readonly SignedEvent[], quorum: number) {
  const [events, site] = [[FOUNDING, ...pulses], siteOf(quorum)];
  const { state, said } = foldPublic(events, ROSTER, site, NOW);
  return { state, blindness: blindness(events, ROSTER, site, state.components, said, NOW) };
}

const statuses = (pulses: readonly SignedEvent[]) =>
  new Map(folded(pulses, 1).state.components.map(({ id, status }) => [`component:${id}`, status]));

test('a pulse in parts, however it is split and in whatever order they come, says what it says in one piece', () => {
  fc.assert(
    fc.property(both, fc.integer({ min: 1, max: 3 }), fc.boolean(), (given, quorum, turn) => {
      const all = given.flatMap((one) => one ?? []);
      const parts = all.flatMap(split);
      expect(folded(turn ? parts.toReversed() : parts, quorum)).toEqual(folded(all.map(whole), quorum));
    }),
  );
});

test('parts of an earlier deal change nothing of what newer ones speak of', () => {
  const later = around(minutes(-4, 0)).map((one) => ({ ...one, observations: all(one) }));
  fc.assert(
    fc.property(around(minutes(-20, -5)), later, (old, young) => {
      const taken = new Set(split(young).map(placeOf));
      const left = split(old).filter((event) => !taken.has(placeOf(event)));
      expect(statuses([...left, ...split(young)])).toEqual(statuses([whole(young)]));
      expect(statuses([...split(young), ...left])).toEqual(statuses([whole(young)]));
    }),
  );
});

test('where parts are late, each component is as the newest word that is there says, or unknown', () => {
  const counted = { young: 0, old: 0, unknown: 0 };
  const some = fc.tuple(...Array.from({ length: PULSE_PARTS_MAX }, () => fc.boolean()));
  fc.assert(
    fc.property(around(minutes(-8, -5)), around(minutes(-4, 0)), some, (old, young, came) => {
      const arrived = split(young).filter((_, index) => came[index] === true);
      const replaced = new Set(arrived.map(placeOf));
      const held = [...split(old).filter((event) => !replaced.has(placeOf(event))), ...arrived];
      const [shown, before, after] = [statuses(held), statuses([whole(old)]), statuses([whole(young)])];
      for (const [subject, status] of shown) {
        const newest = held.findLast(({ content }) => content.includes(`"${subject}"`));
        const expected = newest === undefined ? 'unknown' : (arrived.includes(newest) ? after : before).get(subject);
        expect(status, subject).toBe(expected);
        if (status === 'unknown') counted.unknown += 1;
        else if (newest !== undefined) counted[arrived.includes(newest) ? 'young' : 'old'] += 1;
      }
    }),
  );
  expect(Object.values(counted).every((cases) => cases > 20)).toBe(true);
});

const placeOf = ({ tags }: SignedEvent) => tags.find(([name]) => name === 'd')?.[1];

/** A word on every component, where the watcher is silent of some: that it cannot say. */
function all(one: Seen): readonly Observation[] {
  return IDS.map(
    (id) =>
      one.observations.find(({ subject }) => subject === `component:${id}`) ??
      observation(id, { status: 'unknown', checked: null, changed: null }, one.at),
  );
}
