import fc from 'fast-check';
import { isoTime } from '../../src/model/clock.ts';
import type {
  PublicComponent,
  PublicIncident,
  PublicMaintenance,
  PublicState,
  PublicUpdate,
  Snapshot,
} from '../../src/model/snapshot.ts';
import { COMPONENT_STATUSES, IMPACTS, INCIDENT_STATUSES, MAINTENANCE_STATUSES } from '../../src/model/status.ts';
import type { Uptime } from '../../src/model/uptime.ts';

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

const hex = fc.integer({ min: 0, max: 99 }).map((n) => n.toString(16).padStart(64, '0'));
const lang = fc.constantFrom('en', 'pt-BR', 'es');

/** Plain ones, and ones that were dated back, translated, corrected or taken back. */
function updatesOf<Status extends string>(statuses: readonly Status[]): fc.Arbitrary<PublicUpdate<Status>[]> {
  const plain = { id: hex, status: fc.constantFrom(...statuses), text: word, at: time, lang: maybe(lang) };
  const rest = {
    written_at: time,
    translations: fc.array(fc.record({ lang, name: maybe(word), text: word }), { maxLength: 2 }),
    corrected: fc.array(fc.record({ id: hex, text: word, at: time }), { minLength: 1, maxLength: 2 }),
    retracted: fc.record({ at: time, reason: word }),
  };
  const one = fc.record({ ...plain, ...rest }, { requiredKeys: ['id', 'status', 'text', 'at', 'lang'] });
  return fc.uniqueArray(one, { maxLength: 4, selector: ({ id }) => id });
}

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

export const incident: fc.Arbitrary<PublicIncident> = fc.record({
  code,
  name: word,
  status: fc.constantFrom(...INCIDENT_STATUSES),
  impact: fc.constantFrom(...IMPACTS),
  started_at: time,
  updated_at: time,
  resolved_at: maybe(time),
  components: fc.array(fc.record({ id: fc.constantFrom('api', 'cards'), status }), { maxLength: 2 }),
  updates: updatesOf(INCIDENT_STATUSES),
  conflict: fc.boolean(),
});

export const maintenance: fc.Arbitrary<PublicMaintenance> = fc.record({
  code: fc.integer({ min: 0, max: 9 }).map((n) => `maintenance${n}`),
  name: word,
  status: fc.constantFrom(...MAINTENANCE_STATUSES),
  impact: fc.constantFrom(...IMPACTS),
  scheduled_for: time,
  scheduled_until: time,
  created_at: time,
  updated_at: time,
  started_at: maybe(time),
  ended_at: maybe(time),
  components: fc.subarray(['api', 'cards', 'gone']),
  updates: updatesOf(MAINTENANCE_STATUSES),
  conflict: fc.boolean(),
});

/** Runs of days, with levels that a later version may add. */
const uptime: fc.Arbitrary<Uptime> = fc.record({
  until: fc.constant('2026-11-21'),
  components: fc.dictionary(
    fc.constantFrom('api', 'cards', 'ledger', 'gone'),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(5), fc.nat(1440)), { maxLength: 6 }),
  ),
});

export const distinct = <T extends { code: string }>(items: readonly T[]) => [
  ...new Map(items.map((i) => [i.code, i])).values(),
];

const stated: fc.Arbitrary<PublicState> = fc.record(
  {
    groups: fc.subarray([
      { id: 'money', name: 'Money' },
      { id: 'access', name: 'Access' },
    ]),
    components: fc.uniqueArray(component, { maxLength: 5, selector: (c) => c.id }),
    incidents: fc.array(incident, { maxLength: 3 }).map(distinct),
    maintenances: fc.array(maintenance, { maxLength: 3 }).map(distinct),
    recent: fc.array(incident, { maxLength: 2 }).map(distinct),
    uptime,
    left_out: fc.record({ components: fc.nat(9), incidents: fc.nat(9), valid_until: fc.option(time) }),
  },
  { requiredKeys: ['groups', 'components', 'incidents', 'recent', 'maintenances'] },
);

/** No incident is open and over at once: a fold tells each in one place. */
const state = stated.map(
  ({ recent, ...all }): PublicState => ({
    ...all,
    recent: recent.filter(({ code }) => !all.incidents.some((open) => open.code === code)),
  }),
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
