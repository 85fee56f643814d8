import { expect, test } from 'vitest';
import { gravest } from '../../src/model/gravest.ts';
import type { PublicIncident } from '../../src/model/snapshot.ts';
import type { Impact } from '../../src/model/status.ts';

const open = (code: string, impact: Impact): PublicIncident => ({
  code,
  name: code,
  status: 'identified',
  impact,
  started_at: '2026-11-22T03:00:00.000Z',
  updated_at: '2026-11-22T03:00:00.000Z',
  resolved_at: null,
  components: [],
  updates: [],
  conflict: false,
});

test('the gravest incident is the one of the worst impact, of several the first, and none of none', () => {
  const [minor, critical, second] = [open('a', 'minor'), open('b', 'critical'), open('c', 'critical')];
  expect(gravest([minor, critical, second, open('d', 'none')])).toBe(critical);
  expect(gravest([])).toBeNull();
});
