import { afterEach, beforeEach, expect, test } from 'vitest';
import { fieldTime, timeOfField, utcText, zoneName } from '../../src/stores/local-time.ts';

const before = process.env['TZ'];
beforeEach(() => {
  process.env['TZ'] = 'America/Sao_Paulo';
});
afterEach(() => {
  process.env['TZ'] = before ?? '';
  if (before === undefined) delete process.env['TZ'];
});

test('a time is shown in the field by the device’s own clock, read back from it, and told in UTC', () => {
  expect(fieldTime('2026-12-02T01:30:00.000Z')).toBe('2026-12-01T22:30');
  expect(timeOfField('2026-12-01T22:30')).toBe('2026-12-02T01:30:00.000Z');
  expect(utcText('2026-12-02T01:30:00.000Z')).toBe('2026-12-02 01:30 UTC');
  expect(zoneName()).toBe('America/Sao_Paulo');
});

test('a field that is empty or half filled names no time', () => {
  expect([timeOfField(''), timeOfField('2026-12-01'), timeOfField('2026-13-41T00:00'), fieldTime('')]).toEqual([
    '',
    '',
    '',
    '',
  ]);
});
