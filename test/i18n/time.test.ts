import { describe, expect, test } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { age } from '../../src/i18n/time.ts';
import { uptimeEnglish } from '../../src/i18n/uptime-en.ts';
import { uptimeSpanish } from '../../src/i18n/uptime-es.ts';
import { uptimePortuguese } from '../../src/i18n/uptime-pt-BR.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const aged = (ms: number) => age(new Date(NOW - ms).toISOString(), NOW, en);

describe('an age', () => {
  test('is told in its largest whole unit, never rounded up', () => {
    expect([0, 59_999, 60_000, 3_599_999, 3_600_000, 86_399_999, 172_800_000].map(aged)).toEqual([
      en.justNow,
      en.justNow,
      '1 minute ago',
      '59 minutes ago',
      '1 hour ago',
      '23 hours ago',
      '2 days ago',
    ]);
  });

  test('of what lies ahead by this clock is no age', () => {
    expect([-59_999, -60_000, -3 * 3_600_000].map(aged)).toEqual([en.justNow, 'in 1 minute', 'in 3 hours']);
  });
});

test('one watched day is told as one, in every language', () => {
  const told = [uptimeEnglish, uptimeSpanish, uptimePortuguese].map(({ share }) => [
    share('99 %', 1),
    share('99 %', 2),
  ]);
  expect(told).toEqual([
    ['99 % uptime over 1 watched day', '99 % uptime over 2 watched days'],
    ['99 % de disponibilidad en 1 día observado', '99 % de disponibilidad en 2 días observados'],
    ['99 % de disponibilidade em 1 dia observado', '99 % de disponibilidade em 2 dias observados'],
  ]);
});
