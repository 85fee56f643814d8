import { expect, test } from 'vitest';
import { rollup } from '../../../../src/node/publish/statuspage/rollup.ts';
import type { WireStatus } from '../../../../src/node/publish/statuspage/wire.ts';

const [up, work, slow, part, down] = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
] as const;

const SAID: readonly (readonly [readonly WireStatus[], string, string])[] = [
  [[up, up], 'none', 'All Systems Operational'],
  [[down, down], 'critical', 'Major System Outage'],
  [[down, up], 'major', 'Partial System Outage'],
  [[part, part], 'major', 'Partial System Outage'],
  [[part, slow], 'minor', 'Minor Service Outage'],
  [[slow, slow], 'minor', 'Degraded System Service'],
  [[slow, work, up], 'minor', 'Partially Degraded Service'],
  [[work, up], 'maintenance', 'Service Under Maintenance'],
  [[up], 'none', 'All Systems Operational'],
  [[work], 'maintenance', 'Service Under Maintenance'],
  [[slow], 'minor', 'Partially Degraded Service'],
  [[part], 'major', 'Partial System Outage'],
  [[down], 'critical', 'Major System Outage'],
  // Here Statuspage says that all is well.
  [[], 'minor', 'Partially Degraded Service'],
];

test.each(SAID)('of %j is "%s", "%s"', (statuses, indicator, description) => {
  expect(rollup(statuses, true)).toEqual({ indicator, description });
});

test('keeps the indicator that strict clients refuse to itself unless told otherwise', () => {
  expect(rollup([work, up], false)).toEqual({ indicator: 'none', description: 'Service Under Maintenance' });
  expect(rollup([work, slow], false).indicator).toBe('minor');
});
