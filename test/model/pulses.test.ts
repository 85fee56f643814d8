import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoTime } from '../../src/model/clock.ts';
import { chainName, KIND } from '../../src/model/event.ts';
import type { Pulse } from '../../src/model/pulse.ts';
import { readPulse, trustedPulses } from '../../src/model/pulse-form.ts';
import { PULSE_PARTS_MAX } from '../../src/model/pulse-place.ts';
import { liveVantages, observedStatus } from '../../src/model/pulses.ts';
import { COMPONENT_STATUSES, type ComponentStatus } from '../../src/model/status.ts';
import { ORG } from './events.ts';

const NOW = Date.parse('2026-11-22T03:12:40.000Z');
const MINUTE = 60_000;

interface Wish {
  readonly at?: number;
  readonly validFor?: number;
  readonly checked?: number | null;
}

function pulse(vantage: string, status: ComponentStatus, wish: Wish = {}): Pulse {
  const at = wish.at ?? NOW - 1000;
  const checked = wish.checked === undefined ? at : wish.checked;
  return {
    v: 1,
    vantage,
    at: isoTime(at),
    valid_until: isoTime(at + (wish.validFor ?? MINUTE)),
    observations: [
      {
        subject: 'component:ledger',
        status,
        checked_at: checked === null ? null : isoTime(checked),
        changed_at: isoTime(at - MINUTE),
        detail: `${vantage} saw it`,
      },
    ],
  };
}

const status = (pulses: readonly Pulse[], quorum = 2) => observedStatus(pulses, 'component:ledger', quorum, NOW).status;

describe('what several vantages say', () => {
  test('is unknown without any pulse, or about something nobody watches', () => {
    expect(status([])).toBe('unknown');
    expect(observedStatus([pulse('a', 'operational')], 'component:cards', 1, NOW).status).toBe('unknown');
  });

  test('needs no more vantages than are alive', () => {
    expect(status([pulse('a', 'operational')])).toBe('operational');
    expect(status([pulse('a', 'major_outage')])).toBe('major_outage');
  });

  test('does not follow a single vantage against two others', () => {
    expect(status([pulse('a', 'operational'), pulse('b', 'operational'), pulse('c', 'major_outage')])).toBe(
      'operational',
    );
    expect(status([pulse('a', 'operational'), pulse('b', 'partial_outage'), pulse('c', 'major_outage')])).toBe(
      'partial_outage',
    );
  });

  test('is unknown where two disagree whether it is up', () => {
    expect(status([pulse('a', 'operational'), pulse('b', 'major_outage')])).toBe('unknown');
  });

  test('lets a blind vantage hide nothing', () => {
    expect(status([pulse('a', 'unknown'), pulse('b', 'major_outage')])).toBe('major_outage');
  });

  test('expires by the word of the pulse, and after 15 minutes whatever it says', () => {
    expect(status([pulse('a', 'operational', { at: NOW - MINUTE, validFor: MINUTE })])).toBe('unknown');
    expect(status([pulse('a', 'operational', { at: NOW - 15 * MINUTE, validFor: 900 * MINUTE })])).toBe('unknown');
    expect(status([pulse('a', 'operational', { checked: NOW - 15 * MINUTE })])).toBe('unknown');
  });

  test('ignores what is more than two minutes ahead of the clock, also behind a newer-looking pulse', () => {
    expect(status([pulse('a', 'operational', { at: NOW + 3 * MINUTE })])).toBe('unknown');
    expect(status([pulse('a', 'major_outage'), pulse('a', 'operational', { at: NOW + 3 * MINUTE })])).toBe(
      'major_outage',
    );
  });

  test('keeps the newest pulse of each vantage', () => {
    expect(status([pulse('a', 'operational', { at: NOW - 9000 }), pulse('a', 'major_outage')])).toBe('major_outage');
  });

  test('keeps of two that were signed in one moment the worse', () => {
    const [well, ill] = [pulse('a', 'operational'), pulse('a', 'major_outage')];
    expect([status([well, ill]), status([ill, well])]).toEqual(['major_outage', 'major_outage']);
  });

  test('says when the quorum had checked, who it is, and until when that holds', () => {
    const pulses = [pulse('b', 'operational', { at: NOW - 9000 }), pulse('a', 'operational', { at: NOW - 3000 })];
    expect(observedStatus(pulses, 'component:ledger', 2, NOW)).toEqual({
      status: 'operational',
      checked_at: isoTime(NOW - 9000),
      changed_at: isoTime(NOW - 3000 - MINUTE),
      valid_until: isoTime(NOW - 9000 + MINUTE),
      vantages: ['a', 'b'],
      detail: 'a saw it',
    });
  });

  test('tells when it was last checked even where that is too old to believe', () => {
    const old = observedStatus([pulse('a', 'operational', { at: NOW - 60 * MINUTE })], 'component:ledger', 1, NOW);
    expect(old).toMatchObject({ status: 'unknown', checked_at: isoTime(NOW - 60 * MINUTE), valid_until: null });
  });

  const anyPulse = fc
    .record({
      vantage: fc.constantFrom('a', 'b', 'c', 'd'),
      status: fc.constantFrom(...COMPONENT_STATUSES),
      at: fc.integer({ min: -20 * MINUTE, max: 5 * MINUTE }),
      validFor: fc.integer({ min: -MINUTE, max: 60 * MINUTE }),
      checked: fc.option(fc.integer({ min: -20 * MINUTE, max: 5 * MINUTE })),
    })
    .map((wish) =>
      pulse(wish.vantage, wish.status, {
        at: NOW + wish.at,
        validFor: wish.validFor,
        checked: wish.checked === null ? null : NOW + wish.checked,
      }),
    );

  test('is operational only where a fresh vantage says so and no quorum says otherwise', () => {
    fc.assert(
      fc.property(fc.array(anyPulse, { maxLength: 8 }), fc.integer({ min: 0, max: 4 }), (pulses, quorum) => {
        const seen = observedStatus(pulses, 'component:ledger', quorum, NOW);
        expect(seen.valid_until === null).toBe(seen.status === 'unknown');
        if (seen.status !== 'operational') return;
        expect(Date.parse(seen.valid_until ?? '')).toBeGreaterThan(NOW);
        expect(Date.parse(seen.valid_until ?? '')).toBeLessThanOrEqual(NOW + 17 * MINUTE);
        const live = liveVantages(pulses, NOW);
        const positive = new Set(
          pulses.filter((one) => one.observations[0]?.status === 'operational').map((one) => one.vantage),
        );
        expect(seen.vantages.length).toBeGreaterThan(0);
        for (const vantage of seen.vantages) {
          expect(live).toContain(vantage);
          expect(positive).toContain(vantage);
        }
      }),
    );
  });

  test('is the same in whatever order the pulses came', () => {
    fc.assert(
      fc.property(fc.array(anyPulse, { maxLength: 6 }), (pulses) => {
        const one = observedStatus(pulses, 'component:ledger', 2, NOW);
        const other = observedStatus([...pulses].reverse(), 'component:ledger', 2, NOW);
        expect(other.status).toBe(one.status);
      }),
    );
  });
});

describe('reading pulses', () => {
  const event = (content: string, pubkey = 'k', d = chainName.pulse(ORG, 'a'), created_at = 0) => ({
    id: '',
    sig: '',
    pubkey,
    created_at,
    kind: KIND.pulse,
    tags: [
      ['o', ORG],
      ['d', d],
    ],
    content,
  });
  const vantageOf = (key: string) => (key === 'k' ? 'a' : undefined);
  const trusted = (content: unknown, pubkey?: string) =>
    trustedPulses([event(JSON.stringify(content), pubkey)], vantageOf, JSON.parse);

  test('believes a watcher only about the vantage that the roster names', () => {
    expect(trusted(pulse('a', 'operational'))).toHaveLength(1);
    expect(trusted(pulse('b', 'operational'))).toHaveLength(0);
    expect(trusted(pulse('a', 'operational'), 'stranger')).toHaveLength(0);
  });

  test('believes what lies in one of the places of the vantage, and of each place the newest alone', () => {
    const [old, young] = [JSON.stringify(pulse('a', 'operational')), JSON.stringify(pulse('a', 'major_outage'))];
    const read = (...events: readonly ReturnType<typeof event>[]) =>
      trustedPulses(events, vantageOf, JSON.parse).map(({ observations }) => observations[0]?.status);
    const place = (part: number) => chainName.pulse(ORG, 'a', part);
    for (const part of [1, 2, PULSE_PARTS_MAX]) expect(read(event(old, 'k', place(part)))).toEqual(['operational']);
    for (const d of [place(0), place(PULSE_PARTS_MAX + 1), `${place(1)}:1`, `${place(1)}:02`, `${place(2)}:2`, ''])
      expect(read(event(old, 'k', d))).toEqual([]);
    const [first, second] = [event(old), event(young, 'k', place(1), 1)];
    expect([read(first, second), read(second, first)]).toEqual([['major_outage'], ['major_outage']]);
    expect(read(first, event('{}', 'k', place(1), 1))).toEqual([]);
  });

  test('refuses a pulse that says two things of one subject, so that the milder one cannot win', () => {
    const [mild, bad] = [pulse('a', 'operational'), pulse('a', 'major_outage', { checked: NOW - 20 * MINUTE })];
    const both = [...bad.observations, ...mild.observations];
    expect(readPulse({ ...mild, observations: both })).toBeUndefined();
    expect(trusted({ ...mild, observations: both.toReversed() })).toEqual([]);
    expect(
      status(
        [
          { ...mild, observations: both },
          { ...mild, observations: both.toReversed() },
        ],
        1,
      ),
    ).toBe('unknown');
  });

  test('refuses any other form', () => {
    expect(readPulse({ ...pulse('a', 'operational'), at: 'soon' })).toBeUndefined();
    expect(readPulse({ ...pulse('a', 'operational'), observations: [{}] })).toBeUndefined();
    fc.assert(fc.property(fc.jsonValue(), (value) => readPulse(value) === undefined));
  });
});
