import { expect, test } from 'vitest';
import type { ObservationBody } from '../../../src/model/public-content.ts';
import type { ComponentStatus } from '../../../src/model/status.ts';
import { createAlerter } from '../../../src/node/watch/alerter.ts';
import { siteWith } from './site.ts';

const seen = (from: ComponentStatus, status: ComponentStatus): ObservationBody => ({
  subject: 'component:ledger',
  status,
  checked_at: null,
  changed_at: null,
  detail: null,
  vantage: 'here',
  from,
});

test('alerts wait, in their order, until there is a room to seal them for; why is said once', async () => {
  let refusal: string | null = 'No room yet.';
  const sealed: unknown[] = [];
  const alerter = createAlerter(
    siteWith(),
    async (_, body) => {
      if (refusal !== null) throw new Error(refusal);
      sealed.push(body);
      return { id: '', pubkey: '', created_at: 0, kind: 0, tags: [], content: '', sig: '' };
    },
    [],
  );
  alerter.hear(seen('operational', 'major_outage'));
  await expect(alerter.write()).rejects.toThrow('No room yet.');
  alerter.hear(seen('major_outage', 'operational'));
  await expect(alerter.write()).resolves.toBeUndefined();
  expect(sealed).toEqual([]);
  refusal = null;
  await alerter.write();
  await alerter.write();
  expect(sealed).toMatchObject([
    { name: 'Ledger', status: 'major_outage' },
    { name: 'Ledger', status: 'operational' },
  ]);
});

test('a restart calls nobody again for what was down before it', () => {
  const seal = async () => {
    throw new Error('It was called.');
  };
  const alerter = createAlerter(siteWith(), seal, [
    seen('operational', 'major_outage'),
    seen('major_outage', 'unknown'),
  ]);
  alerter.hear(seen('unknown', 'major_outage'));
  return expect(alerter.write()).resolves.toBeUndefined();
});
