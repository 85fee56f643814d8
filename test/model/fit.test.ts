import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitState } from '../../src/model/fit.ts';
import { headlineOf, nextDecay } from '../../src/model/headline.ts';
import type { PublicComponent, PublicIncident, PublicState, Snapshot } from '../../src/model/snapshot.ts';
import { COMPONENT_STATUSES, type ComponentStatus, IMPACTS, type Impact } from '../../src/model/status.ts';

const AT = '2026-11-22T03:12:40.000Z';
const UNTIL = '2026-11-22T03:14:40.000Z';
const LONG = 'The team is looking into a problem with payments. '.repeat(30);

function component(id: number, status: ComponentStatus = 'operational', name = `Component ${id}`): PublicComponent {
  return {
    id: `c${id}`,
    name,
    description: null,
    group: null,
    status,
    checked_at: AT,
    changed_at: AT,
    valid_until: UNTIL,
  };
}

function incident(id: number, impact: Impact = 'minor', text = LONG): PublicIncident {
  return {
    code: String(id).padStart(12, '0'),
    name: `Incident ${id}`,
    status: 'investigating',
    impact,
    started_at: AT,
    updated_at: AT,
    resolved_at: null,
    components: [],
    updates: [2, 1].map((n) => ({ id: `${id}-${n}`, status: 'investigating', text, at: AT, lang: null })),
    conflict: false,
  };
}

function many<Item>(count: number, make: (n: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, n) => make(n));
}

const state = (changes: Partial<PublicState>): PublicState => ({
  groups: [],
  components: [component(0)],
  incidents: [],
  recent: [],
  maintenances: [],
  ...changes,
});
const snapshot = (own: PublicState): Snapshot => ({
  v: 1,
  seq: 1,
  page: { name: 'x', url: null, language: 'en', time_zone: 'Etc/UTC' },
  generated_at: AT,
  valid_until: UNTIL,
  state: own,
  parts: '',
});
const bytes = (value: PublicState) => Buffer.byteLength(JSON.stringify(JSON.stringify(value)));

describe('a state that does not fit into one event', () => {
  test('a state that fits is left as it is', () => {
    const small = state({ incidents: [incident(1)] });
    expect(fitState(small)).toBe(small);
  });

  test('keeps as many resolved incidents as fit, the newest, and counts the others', () => {
    const fitted = fitState(state({ recent: many(60, (n) => incident(n)) }));
    expect(fitted.recent.length).toBeGreaterThan(8);
    expect(fitted.recent[0]?.code).toBe('000000000000');
    expect(fitted.left_out).toEqual({ components: 0, incidents: 60 - fitted.recent.length, valid_until: null });
  });

  test('names every component in trouble, and of the others as many as fit', () => {
    const components = many(300, (n) => component(n, n % 100 === 99 ? 'major_outage' : 'operational', 'x'.repeat(200)));
    const fitted = fitState(state({ components }));
    expect(fitted.components.filter(({ status }) => status === 'major_outage')).toHaveLength(3);
    expect(fitted.components.length).toBeGreaterThan(50);
    expect(fitted.left_out?.components).toBe(300 - fitted.components.length);
  });

  test('leaves out first what is believed the longest, so that its own word stands as long as the snapshot', () => {
    const components = many(300, (n) => ({ ...component(n, 'operational'), valid_until: n < 200 ? null : UNTIL }));
    const fitted = fitState(state({ components }));
    expect(fitted.components.filter(({ valid_until }) => valid_until === UNTIL)).toHaveLength(100);
    expect(fitted.left_out).toEqual({ components: 300 - fitted.components.length, incidents: 0, valid_until: null });
  });

  test('stays small enough to be believed, whatever is written', () => {
    const worst = state({
      components: many(200, (n) => component(n, 'unknown', '🚀'.repeat(100))),
      incidents: many(150, (n) => incident(n, n === 149 ? 'critical' : 'none', '"\\\n'.repeat(5000))),
    });
    const fitted = fitState(worst);
    expect(bytes(fitted)).toBeLessThanOrEqual(41_100);
    expect(fitted.incidents.map(({ impact }) => impact)).toContain('critical');
    expect(headlineOf(snapshot(fitted), Date.parse(AT)).status).toBe('major_outage');
    expect(nextDecay(snapshot(fitted), Date.parse(AT))).toBe(Date.parse(AT) + 60_000);
  });

  test.each([
    ['many mild incidents never push out the component that is down', 80, 1],
    ['nor do many components in trouble push out the gravest incident', 1, 500],
    ['nor many of both', 80, 500],
  ])('%s', (_, incidents, components) => {
    const fitted = fitState(
      state({
        components: many(components, (n) => component(n, n === 0 ? 'major_outage' : 'degraded_performance')),
        incidents: many(incidents, (n) => incident(n, n === incidents - 1 ? 'critical' : 'minor')),
      }),
    );
    expect(bytes(fitted)).toBeLessThanOrEqual(41_100);
    expect(fitted.components.map(({ status }) => status)).toContain('major_outage');
    expect(fitted.incidents.map(({ impact }) => impact)).toContain('critical');
  });

  test('shortens texts when resolved incidents and calm components are not enough to leave out, and takes components back in', () => {
    const fitted = fitState(
      state({
        components: many(20, (n) => component(n)),
        incidents: many(40, (n) => incident(n)),
        recent: many(3, (n) => incident(n)),
      }),
    );
    expect(fitted.incidents).toHaveLength(40);
    expect(fitted.incidents[0]?.updates.map(({ text }) => text.length)).toEqual([282]);
    expect(fitted.components).toHaveLength(20);
    expect(fitted.left_out).toEqual({ components: 0, incidents: 3, valid_until: null });
  });
});

test('the headline of a cut state is that of the whole one, at any time', () => {
  const seconds = (n: number) => new Date(Date.parse(AT) + n * 1000).toISOString();
  const end = fc.option(fc.integer({ min: 1, max: 120 }).map(seconds), { freq: 9 });
  const few = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<readonly Item[]> =>
    fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(item, { maxLength: 2 }));
  const given = fc.record({
    ends: fc.array(end, { minLength: 6, maxLength: 6 }),
    troubles: few(fc.constantFrom(...COMPONENT_STATUSES)),
    impacts: few(fc.constantFrom(...IMPACTS)),
    later: fc.integer({ min: 0, max: 121 }),
  });
  fc.assert(
    fc.property(given, ({ ends, troubles, impacts, later }) => {
      // Those that stand together end together, and about the last half of them is left out.
      const components = many(60, (n) => ({
        ...component(n, troubles[n], 'A very large harbour. '.repeat(60)),
        valid_until: ends[Math.floor(n / 10)] ?? null,
      }));
      const whole = state({ components, incidents: impacts.map((impact, n) => incident(n, impact)) });
      const cut = fitState(whole);
      expect(cut.left_out?.components).toBeGreaterThan(0);
      const [shown, meant] = [cut, whole].map((one) => headlineOf(snapshot(one), Date.parse(seconds(later))));
      expect(shown).toEqual(meant);
    }),
    { numRuns: 300 },
  );
});
