import { expect, test } from 'vitest';
import { worstWireStatus } from '../../../../src/node/publish/statuspage/components.ts';

test('a group is as bad as the worst of its own, maintenance milder than any trouble', () => {
  expect(worstWireStatus(['operational', 'operational'])).toBe('operational');
  expect(worstWireStatus(['under_maintenance', 'operational'])).toBe('under_maintenance');
  expect(worstWireStatus(['under_maintenance', 'degraded_performance', 'operational'])).toBe('degraded_performance');
  expect(worstWireStatus(['partial_outage', 'major_outage', 'degraded_performance'])).toBe('major_outage');
});

test('nothing at all is not well', () => {
  expect(worstWireStatus([])).toBe('degraded_performance');
});
