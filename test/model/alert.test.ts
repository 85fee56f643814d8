import { expect, test } from 'vitest';
import { alertOf, isAlarming, type LastKnown, noted } from '../../src/model/alert.ts';
import type { ComponentStatus } from '../../src/model/status.ts';

const subject = 'component:ledger';

/** Which of these, one after the other, call people. */
function alarms(...statuses: readonly ComponentStatus[]): readonly ComponentStatus[] {
  let last: LastKnown = new Map();
  return statuses.filter((status) => {
    const alarming = isAlarming(last, { subject, status });
    last = noted(last, { subject, status });
    return alarming;
  });
}

test('people are called when something gets worse and when it is well again', () => {
  expect(alarms('operational', 'degraded_performance', 'major_outage', 'operational')).toEqual([
    'degraded_performance',
    'major_outage',
    'operational',
  ]);
});

test('what is down from the first look on calls people, what is well does not', () => {
  expect(alarms('major_outage')).toEqual(['major_outage']);
  expect(alarms('operational')).toEqual([]);
});

test('not knowing calls nobody, and does not hide the end of trouble', () => {
  expect(alarms('operational', 'unknown', 'operational')).toEqual([]);
  expect(alarms('major_outage', 'unknown', 'major_outage', 'unknown', 'operational')).toEqual([
    'major_outage',
    'operational',
  ]);
});

test('a little better is no news yet', () => {
  expect(alarms('major_outage', 'degraded_performance', 'operational')).toEqual(['major_outage', 'operational']);
});

test('an alert of another shape, and what is no alert, says nothing here', () => {
  const body = { subject, name: 'Ledger', status: 'major_outage', text: '' };
  expect(alertOf({ type: 'alert', body })).toEqual(body);
  expect(alertOf({ type: 'note', body })).toBeUndefined();
  expect(alertOf({ type: 'alert', body: { ...body, status: 'on fire' } })).toBeUndefined();
  expect(alertOf({ type: 'alert', body: null })).toBeUndefined();
});
