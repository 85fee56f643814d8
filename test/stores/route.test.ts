import { describe, expect, test } from 'vitest';
import { parseRoute, runbookAddress } from '../../src/stores/route.ts';

describe('the part of the address behind #', () => {
  test('names a screen', () => {
    for (const screen of ['now', 'room', 'runbooks', 'post']) {
      expect(parseRoute(`#${screen}`)).toEqual({ screen, runbook: null });
    }
  });

  test('names a runbook whose id holds slashes and spaces', () => {
    const id = 'payments/ledger lag';
    expect(parseRoute(runbookAddress(id))).toEqual({ screen: 'runbooks', runbook: id });
    expect(parseRoute('#runbooks/payments/ledger')).toEqual({ screen: 'runbooks', runbook: 'payments/ledger' });
  });

  test('leaves the choice to the mode when it is empty, unknown or broken', () => {
    for (const hash of ['', '#', '#nowhere', '#join=abc']) expect(parseRoute(hash).screen).toBe(null);
    expect(parseRoute('#runbooks/%E0%A4%A')).toEqual({ screen: 'runbooks', runbook: null });
  });
});
