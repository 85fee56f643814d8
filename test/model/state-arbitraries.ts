import fc from 'fast-check';
import { isoTime } from '../../src/model/clock.ts';
import type { PublicComponent, PublicIncident, PublicState, Snapshot } from '../../src/model/snapshot.ts';
import { COMPONENT_STATUSES, IMPACTS, INCIDENT_STATUSES } from '../../src/model/status.ts';

export const NOW = Date.parse('2026-11-22T03:12:40.000Z');
const MINUTE = 60_000;

const word = fc.constantFrom(
  'Card payments',
  'Ledger',
  'Überweisung & <b>',
  'API',
  'a "quoted" name',
  '  ',
  'línea\nnueva',
);
const status = fc.constantFrom(...COMPONENT_STATUSES);
const time = fc.integer({ min: -60, max: 20 }).map((minutes) => isoTime(NOW + minutes * MINUTE));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const code = fc.integer({ min: 0, max: 9 }).map((n) => `incident000${n}`);

const component: fc.Arbitrary<PublicComponent> = fc.record({
  id: fc.constantFrom('api', 'cards', 'ledger', 'webhooks', 'console'),
  name: word,
  description: maybe(word),
  group: maybe(fc.constantFrom('money', 'access', 'gone')),
  status,
  checked_at: maybe(time),
  changed_at: maybe(time),
  valid_until: maybe(time),
});

const incident: fc.Arbitrary<PublicIncident> = fc.record({
  code,
  name: word,
  status: fc.constantFrom(...INCIDENT_STATUSES),
  impact: fc.constantFrom(...IMPACTS),
  started_at: time,
  updated_at: time,
  resolved_at: maybe(time),
  components: fc.array(fc.record({ id: fc.constantFrom('api', 'cards'), status }), { maxLength: 2 }),
  updates: fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 99 }).map((n) => n.toString(16).padStart(64, '0')),
      status: fc.constantFrom(...INCIDENT_STATUSES),
      text: word,
      at: time,
      lang: maybe(fc.constantFrom('en', 'es')),
    }),
    { maxLength: 4, selector: (update) => update.id },
  ),
  conflict: fc.boolean(),
});

const distinct = <T extends { code: string }>(items: readonly T[]) => [
  ...new Map(items.map((i) => [i.code, i])).values(),
];

const state: fc.Arbitrary<PublicState> = fc.record(
  {
    groups: fc.subarray([
      { id: 'money', name: 'Money' },
      { id: 'access', name: 'Access' },
    ]),
    components: fc.uniqueArray(component, { maxLength: 5, selector: (c) => c.id }),
    incidents: fc.array(incident, { maxLength: 3 }).map(distinct),
    recent: fc.array(incident, { maxLength: 2 }).map(distinct),
    left_out: fc.record({ components: fc.nat(9), incidents: fc.nat(9) }),
  },
  { requiredKeys: ['groups', 'components', 'incidents', 'recent'] },
);

export const snapshot: fc.Arbitrary<Snapshot> = fc.record({
  v: fc.constant(1 as const),
  seq: fc.integer({ min: 1, max: 2_000_000_000 }),
  page: fc.record({
    name: word,
    url: fc.constant(null),
    language: fc.constantFrom('en', 'pt-BR', 'es'),
    time_zone: fc.constantFrom('Etc/UTC', 'America/Sao_Paulo'),
  }),
  generated_at: time,
  valid_until: time,
  state,
  parts: fc.constant('0'.repeat(64)),
});
