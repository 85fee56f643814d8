import { computed } from 'nanostores';
import { type Freshness, freshnessOf } from '../model/freshness.ts';
import { decayed } from '../model/headline.ts';
import { LIFELINE_QUORUM, modeOf, vendorStates } from '../model/mode.ts';
import type { Observation, Pulse, Subject } from '../model/pulse.ts';
import { observedStatus } from '../model/pulses.ts';
import type { PublicComponent, PublicIncident, Snapshot } from '../model/snapshot.ts';
import { type ComponentStatus, worstStatus } from '../model/status.ts';
import { $pulses, $snapshot } from './claims.ts';
import { $now } from './clock.ts';
import { $site } from './site.ts';

/** One line of health: what may be believed now, and what was last known. */
export interface HealthRow {
  readonly id: string;
  readonly name: string;
  readonly lifeline: 'chat' | 'observability' | null;
  /** Unknown as soon as nothing fresh vouches for anything else. */
  readonly status: ComponentStatus;
  /** The newest claim, however old. */
  readonly last: ComponentStatus;
  readonly freshness: Freshness;
  readonly checkedAt: number | null;
  readonly changedAt: number | null;
  readonly vantages: readonly string[];
  readonly detail: string | null;
}

export interface HealthGroup {
  readonly id: string;
  readonly name: string | null;
  readonly rows: readonly HealthRow[];
}

const $vendors = computed([$site, $pulses], (site, pulses) => site?.vendors ?? unnamedVendors(pulses));

/** Normal, or fallback when both lifelines are down; needs no key. A drill is a later issue's. */
export const $mode = computed([$pulses, $vendors, $now], (pulses, vendors, now): 'normal' | 'fallback' | 'drill' =>
  modeOf(pulses, vendors, now),
);

export const $vendorRows = computed([$pulses, $vendors, $now], (pulses, vendors, now): readonly HealthRow[] =>
  vendorStates(pulses, vendors, now).map((vendor) => {
    const newest = newestWord(pulses, `vendor:${vendor.id}`);
    return row(vendor.id, vendor.name, vendor.lifeline, vendor, newest, now);
  }),
);

/** Vendors that the watchers agree are down. */
export const $downVendors = computed($vendorRows, (rows) => rows.filter((one) => one.status === 'major_outage'));

/** Components in the groups of the public page, or by their bare ids while no snapshot is held. */
export const $groups = computed([$pulses, $snapshot, $now], (pulses, snapshot, now): readonly HealthGroup[] => {
  const components = snapshot?.state.components ?? unnamedComponents(pulses);
  const rowOf = (component: PublicComponent) => componentRow(component, snapshot, pulses, now);
  const groups = [{ id: '', name: null }, ...(snapshot?.state.groups ?? [])].map(({ id, name }) => ({
    id,
    name,
    rows: components.filter(({ group }) => (group ?? '') === id).map(rowOf),
  }));
  return groups.filter(({ rows }) => rows.length > 0);
});

/** Open incidents; null when no snapshot is held, so that nothing is known about them. */
export const $incidents = computed($snapshot, (snapshot): readonly PublicIncident[] | null =>
  snapshot === null ? null : snapshot.state.incidents,
);

function componentRow(component: PublicComponent, snapshot: Snapshot | null, pulses: readonly Pulse[], now: number) {
  const seen = observedStatus(pulses, `component:${component.id}`, LIFELINE_QUORUM, now);
  const newest = newestWord(pulses, `component:${component.id}`);
  const published = snapshot === null ? 'unknown' : decayed(component, freshnessOf(snapshot, now), now);
  // The snapshot also knows what people said; where both are live, the worse of the two is shown.
  const words: ComponentStatus[] = [seen.status, published].filter((status) => status !== 'unknown');
  const last = isNewer(component.checked_at, newest?.checked_at)
    ? component.status
    : (newest?.status ?? component.status);
  const status = worstStatus(words);
  // Where people said worse than the watchers saw, what the watchers saw explains nothing.
  const why = status === seen.status ? {} : { vantages: [], detail: null };
  const known = { ...seen, ...why, status, checked_at: seen.checked_at ?? component.checked_at };
  return row(component.id, component.name, null, known, { status: last, changed_at: component.changed_at }, now);
}

function row(
  id: string,
  name: string,
  lifeline: HealthRow['lifeline'],
  seen: Pick<
    ReturnType<typeof observedStatus>,
    'status' | 'checked_at' | 'changed_at' | 'valid_until' | 'vantages' | 'detail'
  >,
  newest: Pick<Observation, 'status' | 'changed_at'> | null,
  now: number,
): HealthRow {
  const { status, checked_at, valid_until } = seen;
  const claim = { generated_at: checked_at ?? '', valid_until: valid_until ?? '' };
  return {
    id,
    name,
    lifeline,
    status,
    last: newest?.status ?? status,
    freshness: status === 'unknown' ? 'expired' : valid_until === null ? 'fresh' : freshnessOf(claim, now),
    checkedAt: checked_at === null ? null : Date.parse(checked_at),
    changedAt: timeOf(seen.changed_at ?? newest?.changed_at ?? null),
    vantages: seen.vantages,
    detail: seen.detail,
  };
}

function newestWord(pulses: readonly Pulse[], subject: Subject): Observation | null {
  const words = pulses.flatMap((pulse) => pulse.observations.filter((one) => one.subject === subject));
  return words.reduce<Observation | null>(
    (best, one) => (isNewer(one.checked_at, best?.checked_at) ? one : best),
    null,
  );
}

function isNewer(at: string | null, than: string | null | undefined): boolean {
  return at !== null && (than === null || than === undefined || at > than);
}

function timeOf(at: string | null): number | null {
  return at === null ? null : Date.parse(at);
}

/** Ids that pulses speak of: all that is known where no names have arrived. */
function subjects(pulses: readonly Pulse[], prefix: 'vendor:' | 'component:'): readonly string[] {
  const all = pulses.flatMap((pulse) => pulse.observations.map(({ subject }) => subject));
  return [...new Set(all.filter((subject) => subject.startsWith(prefix)))].map((s) => s.slice(prefix.length)).sort();
}

function unnamedVendors(pulses: readonly Pulse[]) {
  return subjects(pulses, 'vendor:').map((id) => ({ id, name: id, lifeline: null }));
}

function unnamedComponents(pulses: readonly Pulse[]): readonly PublicComponent[] {
  return subjects(pulses, 'component:').map((id) => ({
    id,
    name: id,
    description: null,
    group: null,
    status: 'unknown',
    checked_at: null,
    changed_at: null,
    valid_until: null,
  }));
}
