import { computed } from 'nanostores';
import { type Freshness, freshnessOf } from '../model/freshness.ts';
import { decayed } from '../model/headline.ts';
import { LIFELINE_QUORUM, modeOf, vendorStates } from '../model/mode.ts';
import type { Observation, Pulse, Subject } from '../model/pulse.ts';
import { observedStatus } from '../model/pulses.ts';
import type { PublicComponent } from '../model/snapshot.ts';
import { type ComponentStatus, worstStatus } from '../model/status.ts';
import { newestWords } from '../model/vantage-vote.ts';
import { $layout, $pulses, $snapshot } from './claims.ts';
import { $now } from './clock.ts';
import { $declaredOf, type Declared } from './declared.ts';
import { $site } from './site.ts';

/** One line of health: what may be believed now, and what was last known. */
export interface HealthRow {
  readonly id: string;
  readonly name: string;
  readonly lifeline: 'chat' | 'observability' | null;
  /** Unknown as soon as nothing fresh vouches for anything else. */
  readonly status: ComponentStatus;
  /** The worse of what people declared and the newest that watchers saw, however old. */
  readonly last: ComponentStatus;
  /** People said it; watchers saw nothing as bad. */
  readonly declared: boolean;
  readonly freshness: Freshness;
  /** When a watcher last looked, by the watcher's clock. */
  readonly checkedAt: number | null;
  /** Since when it is so; of a declared status, when people said so. */
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

/** Components in the groups of the public page, or by their bare ids while no snapshot was ever held. */
export const $groups = computed(
  [$pulses, $snapshot, $layout, $declaredOf, $now],
  (pulses, snapshot, layout, declaredOf, now): readonly HealthGroup[] => {
    const freshness = snapshot === null ? 'expired' : freshnessOf(snapshot, now);
    const named = layout?.components ?? unnamedComponents(pulses);
    // Of a snapshot that cannot be believed only the names are.
    const components = snapshot === null ? named.map(silenced) : named;
    const rowOf = (one: PublicComponent) =>
      componentRow(one, decayed(one, freshness, now), declaredOf(one), pulses, now);
    const groups = [{ id: '', name: null }, ...(layout?.groups ?? [])].map(({ id, name }) => ({
      id,
      name,
      rows: components.filter(({ group }) => (group ?? '') === id).map(rowOf),
    }));
    return groups.filter(({ rows }) => rows.length > 0);
  },
);

function componentRow(
  component: PublicComponent,
  published: ComponentStatus,
  declared: Declared | null,
  pulses: readonly Pulse[],
  now: number,
): HealthRow {
  const { id, name, checked_at, valid_until } = component;
  const seen = observedStatus(pulses, `component:${id}`, LIFELINE_QUORUM, now);
  const newest = newestWord(pulses, `component:${id}`);
  const wasSeen = valid_until !== null && isNewer(checked_at, newest?.checked_at) ? component : newest;
  // What people said does not run out with the snapshot: where watchers are live, the worse of the two is shown.
  const said = declared?.status ?? 'unknown';
  const status = worstKnown(seen.status === 'unknown' ? [published] : [seen.status, published, said]);
  const last = worstKnown([said, wasSeen?.status ?? 'unknown']);
  const isDeclared = declared !== null && said === (status === 'unknown' ? last : status) && said !== wasSeen?.status;
  // Where people said worse than the watchers saw, what the watchers saw explains nothing.
  const why = status === seen.status ? {} : { vantages: [], detail: null };
  const known = { ...seen, ...why, status, checked_at: seen.checked_at ?? checked_at };
  const shown = row(id, name, null, known, newest, now);
  const changedAt = timeOf(isDeclared ? declared.at : (seen.changed_at ?? wasSeen?.changed_at ?? null));
  return { ...shown, last, changedAt, declared: isDeclared };
}

function row(
  id: string,
  name: string,
  lifeline: HealthRow['lifeline'],
  seen: Pick<
    ReturnType<typeof observedStatus>,
    'status' | 'checked_at' | 'changed_at' | 'valid_until' | 'vantages' | 'detail'
  >,
  newest: Observation | null,
  now: number,
): HealthRow {
  const { status, valid_until } = seen;
  // By a clock that is wrong nothing may count as seen; when it was seen is still said.
  const checked_at = seen.checked_at ?? newest?.checked_at ?? null;
  const claim = { generated_at: checked_at ?? '', valid_until: valid_until ?? '' };
  return {
    id,
    name,
    lifeline,
    status,
    last: newest?.status ?? status,
    declared: false,
    freshness: status === 'unknown' ? 'expired' : valid_until === null ? 'fresh' : freshnessOf(claim, now),
    checkedAt: timeOf(checked_at),
    changedAt: timeOf(seen.changed_at ?? newest?.changed_at ?? null),
    vantages: seen.vantages,
    detail: seen.detail,
  };
}

function newestWord(pulses: readonly Pulse[], subject: Subject): Observation | null {
  // By a clock that is wrong nothing would be left.
  const words = newestWords(pulses, subject, Number.POSITIVE_INFINITY).map(({ observation }) => observation);
  return words.reduce<Observation | null>(
    (best, one) => (isNewer(one.checked_at, best?.checked_at) ? one : best),
    null,
  );
}

function isNewer(at: string | null, than: string | null | undefined): boolean {
  return at !== null && (than === null || than === undefined || at > than);
}

/** Of words none of which is known, unknown. */
function worstKnown(words: readonly ComponentStatus[]): ComponentStatus {
  return worstStatus(words.filter((status) => status !== 'unknown'));
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
    ...SILENT,
  }));
}

const SILENT = { status: 'unknown', checked_at: null, changed_at: null, valid_until: null } as const;

function silenced(component: PublicComponent): PublicComponent {
  return { ...component, ...SILENT };
}
