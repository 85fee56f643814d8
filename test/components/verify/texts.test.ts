import { expect, test } from 'vitest';
import { recordTime } from '../../../src/components/verify/texts.ts';

const TIME = '2026-11-22T03:12:40.000Z';

test('a time of the record is told in UTC where the zone is none that this machine knows', () => {
  expect(recordTime(TIME, 'en-GB', 'Asia/Kolkata')).toBe('22 Nov 2026, 08:42:40 (22 Nov 2026, 03:12:40 UTC)');
  expect(recordTime(TIME, 'en-GB', 'Etc/Unknown')).toBe('22 Nov 2026, 03:12:40 UTC');
});
