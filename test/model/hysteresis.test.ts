import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Health, settle, UNTRIED } from '../../src/model/hysteresis.ts';
import { COMPONENT_STATUSES, type ComponentStatus } from '../../src/model/status.ts';

const EVERY = 10_000;
const WINDOW = 100_000;

function healthAfter(...statuses: readonly ComponentStatus[]): Health[] {
  let health = UNTRIED;
  return statuses.map((status, index) => {
    health = settle(health, { status, at: (index + 1) * EVERY, detail: status }, WINDOW);
    return health;
  });
}

const words = (...statuses: readonly ComponentStatus[]) => healthAfter(...statuses).map((health) => health.status);

describe('the health of a probe', () => {
  test('is unknown before anything was tried', () => {
    expect(UNTRIED.status).toBe('unknown');
    expect(UNTRIED.checked).toBeNull();
  });

  test('counts the first result at once', () => {
    expect(words('operational')).toEqual(['operational']);
    expect(words('major_outage')).toEqual(['major_outage']);
  });

  test('turns worse with the second failure, and not with a single one', () => {
    expect(words('operational', 'major_outage', 'major_outage')).toEqual([
      'operational',
      'operational',
      'major_outage',
    ]);
    expect(words('operational', 'major_outage', 'operational', 'major_outage')).not.toContain('major_outage');
  });

  test('turns operational again with the second success', () => {
    expect(words('major_outage', 'operational', 'operational').at(-1)).toBe('operational');
    expect(words('major_outage', 'unknown', 'operational').at(-1)).toBe('unknown');
  });

  test('does not renew a green claim by a failing check', () => {
    expect(healthAfter('operational', 'major_outage').at(-1)?.checked).toBe(EVERY);
  });

  test('holds a second recovery back while it flaps, and says so', () => {
    const flapping = healthAfter(
      'major_outage',
      'operational',
      'operational',
      'major_outage',
      'major_outage',
      'operational',
      'operational',
    );
    expect(flapping.at(-1)?.status).toBe('major_outage');
    expect(flapping.at(-1)?.detail).toMatch(/comes and goes/);
  });

  const results = fc.array(fc.constantFrom(...COMPONENT_STATUSES), { minLength: 1, maxLength: 60 });

  test('is never operational after two results in a row that are not', () => {
    fc.assert(
      fc.property(results, (statuses) => {
        for (const [index, word] of words(...statuses).entries()) {
          if (word !== 'operational') continue;
          expect([statuses[index], statuses[index - 1]]).toContain('operational');
        }
      }),
    );
  });

  test('becomes operational only by two successes in a row, at most once in a window', () => {
    fc.assert(
      fc.property(results, (statuses) => {
        let recovered = Number.NEGATIVE_INFINITY;
        const said = words(...statuses);
        for (let index = 1; index < said.length; index++) {
          if (said[index] !== 'operational' || said[index - 1] === 'operational') continue;
          expect(statuses.slice(index - 1, index + 1)).toEqual(['operational', 'operational']);
          expect(index * EVERY - recovered).toBeGreaterThanOrEqual(WINDOW);
          recovered = index * EVERY;
        }
      }),
    );
  });
});
