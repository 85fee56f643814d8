import { describe, expect, test } from 'vitest';
import { isoTime } from '../../src/model/clock.ts';
import { modeOf, vendorStates } from '../../src/model/mode.ts';
import type { Pulse } from '../../src/model/pulse.ts';
import type { ComponentStatus } from '../../src/model/status.ts';

const NOW = Date.parse('2026-11-22T03:12:40.000Z');
const vendors = [
  { id: 'talk', name: 'Team chat', lifeline: 'chat' as const },
  { id: 'eyes', name: 'Observability', lifeline: 'observability' as const },
  { id: 'mail', name: 'Mail', lifeline: null },
];

function pulse(vantage: string, talk: ComponentStatus, eyes: ComponentStatus, at = NOW - 1000): Pulse {
  const seen = (id: string, status: ComponentStatus) => ({
    subject: `vendor:${id}` as const,
    status,
    checked_at: isoTime(at),
    changed_at: null,
    detail: null,
  });
  return {
    v: 1,
    vantage,
    at: isoTime(at),
    valid_until: isoTime(at + 60_000),
    observations: [seen('talk', talk), seen('eyes', eyes)],
  };
}

describe('the mode of the bridge', () => {
  test('is fallback when both lifelines are down, also where one watcher alone is alive', () => {
    expect(modeOf([pulse('a', 'major_outage', 'major_outage')], vendors, NOW)).toBe('fallback');
  });

  test('needs two vantages where two are alive', () => {
    const down = pulse('a', 'major_outage', 'major_outage');
    expect(modeOf([down, pulse('b', 'operational', 'operational')], vendors, NOW)).toBe('normal');
    expect(modeOf([down, pulse('b', 'major_outage', 'major_outage')], vendors, NOW)).toBe('fallback');
  });

  test('stays normal when one lifeline stands, when nobody knows, and when the news is old', () => {
    expect(modeOf([pulse('a', 'major_outage', 'operational')], vendors, NOW)).toBe('normal');
    expect(modeOf([pulse('a', 'unknown', 'unknown')], vendors, NOW)).toBe('normal');
    expect(modeOf([pulse('a', 'major_outage', 'major_outage', NOW - 120_000)], vendors, NOW)).toBe('normal');
    expect(modeOf([], vendors, NOW)).toBe('normal');
  });

  test('stays normal where a lifeline names no vendor', () => {
    expect(modeOf([pulse('a', 'major_outage', 'major_outage')], vendors.slice(1), NOW)).toBe('normal');
  });

  test('believes this device, too', () => {
    expect(modeOf([], vendors, NOW, new Set(['vendor:talk', 'vendor:eyes'] as const))).toBe('fallback');
  });

  test('shows every vendor, unknown where no watcher looks', () => {
    const states = vendorStates([pulse('a', 'operational', 'major_outage')], vendors, NOW);
    expect(states.map((vendor) => [vendor.id, vendor.status])).toEqual([
      ['talk', 'operational'],
      ['eyes', 'major_outage'],
      ['mail', 'unknown'],
    ]);
  });
});
