import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTime } from '../../../../src/model/clock.ts';
import { fitState } from '../../../../src/model/fit.ts';
import { freshnessOf } from '../../../../src/model/freshness.ts';
import { decayedComponents } from '../../../../src/model/headline.ts';
import { statusView } from '../../../../src/model/page-view.ts';
import type { Pulse } from '../../../../src/model/pulse.ts';
import { observedStatus } from '../../../../src/model/pulses.ts';
import { type Site, statedSite } from '../../../../src/model/site.ts';
import type { PublicState } from '../../../../src/model/snapshot.ts';
import { publicState } from '../../../../src/model/state.ts';
import { COMPONENT_STATUSES, type ComponentStatus, isOpenIncident, worstStatus } from '../../../../src/model/status.ts';
import type { Reader } from '../../../../src/model/view.ts';
import { badge } from '../../../../src/node/publish/badge.ts';
import { pageFacts } from '../../../../src/node/publish/page-facts.ts';
import type { Published } from '../../../../src/node/publish/published.ts';
import { nextClaims } from '../../../../src/node/publish/sign.ts';
import { wireState } from '../../../../src/node/publish/statuspage/state.ts';
import { distinct, incident, maintenance, NOW, snapshot } from '../../../model/state-arbitraries.ts';
import { createWorld, MINUTE } from '../world.ts';

const RUNS = 20_000;
/** Seconds on a quiet machine. */
const TIMEOUT_MS = 180_000;
const CLAIM_MS = 15 * MINUTE;
const AHEAD_MS = 2 * MINUTE;
const IDS = ['api', 'cards', 'ledger'] as const;

const BASE = createWorld().published(NOW);
const [PROBE] = BASE.site.components.flatMap(({ probes }) => probes);

const siteOf = (probed: readonly (readonly [id: string, probed: boolean])[], quorum: number, says: boolean): Site => ({
  ...BASE.site,
  groups: [],
  quorum,
  api: { maintenance_indicator: says },
  components: probed.map(([id, yes]) => ({
    id,
    name: id,
    description: null,
    group: null,
    probes: yes && PROBE !== undefined ? [PROBE] : [],
  })),
});

const status = fc.constantFrom(...COMPONENT_STATUSES);
/** Half of all words are green, or hardly any state would be. */
const word = fc.oneof(fc.constant<ComponentStatus>('operational'), status);
const minutes = (min: number, max: number) => fc.integer({ min: min * 60, max: max * 60 }).map((s) => s * 1000);
/** Mostly what a watcher that lives would sign, and everything else. */
const oneOf = <T>(usual: fc.Arbitrary<T>, any: fc.Arbitrary<T>) => fc.oneof({ weight: 4, arbitrary: usual }, any);

const sight = fc.record({
  id: fc.constantFrom(...IDS),
  status: word,
  checked: fc.option(oneOf(minutes(-2, 0), minutes(-25, 4)), { freq: 12 }),
});
interface Sight {
  readonly id: string;
  readonly status: ComponentStatus;
  /** Milliseconds after the pulse; null: never. */
  readonly checked: number | null;
}
const ALL_WELL: readonly Sight[] = IDS.map((id) => ({ id, status: 'operational', checked: -1000 }));
const sights: fc.Arbitrary<readonly Sight[]> = fc.uniqueArray(sight, { selector: ({ id }) => id });
const pulse = fc
  .record({
    vantage: fc.constantFrom('north', 'south', 'east'),
    at: oneOf(minutes(-3, 0), minutes(-40, 5)),
    valid: oneOf(minutes(3, 10), minutes(-1, 30)),
    sights: fc.oneof({ weight: 3, arbitrary: fc.constant(ALL_WELL) }, sights),
  })
  .map(
    ({ vantage, at, valid, sights }): Pulse => ({
      v: 1,
      vantage,
      at: isoTime(NOW + at),
      valid_until: isoTime(NOW + at + valid),
      observations: sights.map(({ id, status, checked }) => ({
        subject: `component:${id}`,
        status,
        checked_at: checked === null ? null : isoTime(NOW + at + checked),
        changed_at: null,
        detail: null,
      })),
    }),
  );

const observed = fc.record({
  components: fc
    .subarray([...IDS])
    .chain((ids) => fc.tuple(...ids.map((id) => fc.tuple(fc.constant(id), fc.boolean())))),
  quorum: fc.integer({ min: 1, max: 3 }),
  says: fc.boolean(),
  pulses: fc.array(pulse, { maxLength: 5 }),
  byHand: fc.dictionary(fc.constantFrom(...IDS), word, { maxKeys: 2 }),
  incidents: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(incident, { maxLength: 2 }).map(distinct)),
  maintenances: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    fc.array(maintenance, { maxLength: 2 }).map(distinct),
  ),
  /** The reader's clock against the publisher's, which also is the age of the copy. */
  clock: oneOf(minutes(0, 3), minutes(-30, 30)),
});
type Observed = typeof observed extends fc.Arbitrary<infer Value> ? Value : never;

function publishedOf({ components, quorum, says, pulses, byHand, incidents, maintenances }: Observed): Published {
  const site = siteOf(components, quorum, says);
  const state = publicState({
    site: statedSite(site),
    incidents,
    maintenances,
    observed: (subject) => observedStatus(pulses, subject, quorum, NOW),
    handSet: (id) => (byHand[id] === undefined ? undefined : { status: byHand[id], at: isoTime(NOW - MINUTE) }),
    now: NOW,
  });
  return published(site, state, nextClaims(site, fitState(state), 0, NOW));
}

function published(site: Site, state: PublicState, claims: Published['claims']): Published {
  const said = {
    ...BASE.folded.said,
    incidents: [...state.incidents, ...state.recent],
    maintenances: state.maintenances,
  };
  return { ...BASE, site, folded: { state, said }, claims };
}

const reader = (now: number): Reader => ({
  now,
  ticking: true,
  timeZone: 'Etc/UTC',
  copy: { source: 'origin', host: null, received_at: null, verified: true },
  trouble: null,
  skew: null,
});

function headlineAt(claims: Published['claims'], now: number): ComponentStatus {
  const view = statusView({ ...claims, parts: '' }, reader(now));
  return view.type === 'status' ? view.known.headline.status : 'unknown';
}

const GREEN = 'none All Systems Operational';
const rollupOf = (what: Published) => wireState(pageFacts(what), what).status;
const isGreenBadge = (what: Published) => badge(what).includes('All systems operational');

/** What each vantage last signed of a component, by the plainest reading of the rules: who says "well", who says otherwise. */
function witnesses(pulses: readonly Pulse[], id: string, now: number) {
  const newest = [
    ...Map.groupBy(
      pulses
        .filter(({ at }) => Date.parse(at) <= NOW + AHEAD_MS)
        .filter(({ observations }) => observations.some(({ subject }) => subject === `component:${id}`)),
      ({ vantage }) => vantage,
    ).values(),
  ].map((own) => own.filter(({ at }) => own.every((other) => other.at <= at)));
  const words = newest.map((own) =>
    own.flatMap(({ at, valid_until, observations }) =>
      observations
        .filter(({ subject }) => subject === `component:${id}`)
        .filter(({ checked_at }) => checked_at !== null && Date.parse(checked_at) <= NOW + AHEAD_MS)
        .filter(({ checked_at }) => Math.min(Date.parse(checked_at ?? ''), Date.parse(at)) + CLAIM_MS > now)
        .filter(() => Date.parse(valid_until) > now)
        .map((one) => one.status),
    ),
  );
  const fresh = words.filter((said) => said.length > 0);
  return {
    well: fresh.filter((said) => said.includes('operational')).length,
    against: fresh.filter((said) => said.every((one) => one !== 'operational' && one !== 'unknown')).length,
  };
}

/** Stale, absent or negative: nothing may be green. */
function isForbidden({ components, quorum, pulses, byHand }: Observed, now: number): boolean {
  if (components.length === 0) return true;
  return components.some(([id, probed]) => {
    if (!probed) return byHand[id] !== 'operational' && witnesses(pulses, id, now).well === 0;
    const { well, against } = witnesses(pulses, id, now);
    return well === 0 || (against > 0 && well < quorum);
  });
}

/** docs/api.md, "What the three say". */
function documented(statuses: readonly ComponentStatus[], says: boolean): readonly [ComponentStatus, string[]] {
  const worst = worstStatus(statuses);
  const partly = ['minor Partially Degraded Service', 'minor Degraded System Service'];
  const maintenance = statuses.includes('unknown')
    ? ['minor Partially Degraded Service']
    : [`${says ? 'maintenance' : 'none'} Service Under Maintenance`];
  const api: Readonly<Record<ComponentStatus, string[]>> = {
    operational: ['none All Systems Operational'],
    unknown: partly,
    under_maintenance: maintenance,
    degraded_performance: partly,
    partial_outage: ['minor Minor Service Outage', 'major Partial System Outage'],
    major_outage: ['major Partial System Outage', 'critical Major System Outage'],
  };
  return [worst, api[worst]];
}

const FLOOR = {
  none: 'degraded_performance',
  maintenance: 'under_maintenance',
  minor: 'degraded_performance',
  major: 'partial_outage',
  critical: 'major_outage',
} as const;

function expectAgreement(what: Published): void {
  const { claims, site, folded } = what;
  const now = Date.parse(claims.generated_at);
  const freshness = freshnessOf(claims, now);
  const shown = decayedComponents(folded.state, freshness, now).map((one) => one.status);
  const [worst, api] = documented(shown, site.api.maintenance_indicator);
  const floors = folded.state.incidents.map(({ impact }) => FLOOR[impact]);
  const page = headlineAt(claims, now);
  const { indicator, description } = rollupOf(what);
  const said = {
    page,
    api: api.includes(`${indicator} ${description}`),
    badge: isGreenBadge(what),
    green: page !== 'operational' || `${indicator} ${description}` === GREEN,
  };
  const expected = freshness === 'expired' ? 'unknown' : worstStatus([worst, ...floors]);
  expect(said).toEqual({ page: expected, api: true, badge: expected === 'operational', green: true });
}

test('page, API and badge agree as documented, and nothing is green when the newest signed observation of a probed component is stale, absent or negative', {
  timeout: TIMEOUT_MS,
}, () => {
  const counted = { states: 0, green: 0, forbidden: 0 };
  fc.assert(
    fc.property(observed, (given) => {
      const what = publishedOf(given);
      expectAgreement(what);
      const [page, later] = [headlineAt(what.claims, NOW), headlineAt(what.claims, NOW + given.clock)];
      const forbidden = isForbidden(given, NOW);
      counted.states += 1;
      counted.forbidden += Number(forbidden);
      counted.green += Number(page === 'operational');
      const isGreen = [page === 'operational', isGreenBadge(what), rollupOf(what).description.startsWith('All')];
      if (forbidden) expect(isGreen).toEqual([false, false, false]);
      if (given.clock >= 0 && isForbidden(given, NOW + given.clock)) expect(later).not.toBe('operational');
    }),
    { numRuns: RUNS },
  );
  console.log(
    `${counted.states} random states: ${counted.green} green, ${counted.forbidden} that must not be, none of them green.`,
  );
  expect([counted.green > 500, counted.forbidden > 500]).toEqual([true, true]);
});

test('page, API and badge agree as documented, for any state at all', { timeout: TIMEOUT_MS }, () => {
  const any = fc.record({ snapshot, says: fc.boolean(), probed: fc.boolean() });
  fc.assert(
    fc.property(any, ({ snapshot: { parts: _, ...claims }, says, probed }) => {
      const { left_out: __, ...state } = claims.state;
      const open = { ...state, incidents: state.incidents.filter((one) => isOpenIncident(one.status)) };
      const site = siteOf(
        state.components.map(({ id }) => [id, probed] as const),
        1,
        says,
      );
      expectAgreement(published(site, open, { ...claims, state: open }));
    }),
    { numRuns: RUNS / 4 },
  );
});
