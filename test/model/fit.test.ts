import { describe, expect, test } from 'vitest';
import { fitState } from '../../src/model/fit.ts';
import { headlineOf, nextDecay } from '../../src/model/headline.ts';
import type { PublicComponent, PublicIncident, PublicState } from '../../src/model/snapshot.ts';
import type { ComponentStatus, Impact } from '../../src/model/status.ts';

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

  test('stays small enough to be believed, whatever is written', () => {
    const worst = state({
      components: many(200, (n) => component(n, 'unknown', '🚀'.repeat(100))),
      incidents: many(150, (n) => incident(n, n === 149 ? 'critical' : 'none', '"\\\n'.repeat(5000))),
    });
    const fitted = fitState(worst);
    expect(bytes(fitted)).toBeLessThanOrEqual(41_100);
    expect(fitted.incidents.map(({ impact }) => impact)).toContain('critical');
    const snapshot = { v: 1, seq: 1, generated_at: AT, valid_until: UNTIL, parts: '', state: fitted } as const;
    const page = { name: 'x', url: null, language: 'en', time_zone: 'Etc/UTC' };
    expect(headlineOf({ ...snapshot, page }, Date.parse(AT)).status).toBe('major_outage');
    expect(nextDecay({ ...snapshot, page }, Date.parse(AT))).toBe(Date.parse(AT) + 60_000);
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
