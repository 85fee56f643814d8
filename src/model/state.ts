import type { IsoTime } from './clock.ts';
import type { Subject } from './pulse.ts';
import type { Site, SiteComponent } from './site.ts';
import type { PublicComponent, PublicIncident, PublicState } from './snapshot.ts';
import { COMPONENT_STATUSES, type ComponentStatus, isOpenIncident } from './status.ts';

/** What the live vantages agree on about one subject. */
export interface Observed {
  readonly status: ComponentStatus;
  readonly checked_at: IsoTime | null;
  readonly changed_at: IsoTime | null;
  /** Until when it may be believed; null only where nothing was observed. */
  readonly valid_until: IsoTime | null;
}

/** A status that a person set by hand (`component.set`). */
interface HandSet {
  readonly status: ComponentStatus;
  readonly at: IsoTime;
}

export interface StateInputs {
  readonly site: Site;
  /** Every incident of the fold, open and resolved. */
  readonly incidents: readonly PublicIncident[];
  readonly observed: (subject: Subject) => Observed | undefined;
  readonly handSet: (component: string) => HandSet | undefined;
  readonly now: number;
}

/** Resolved incidents stay on the front page for this long. */
export const RECENT_MS = 14 * 24 * 3_600_000;

interface Word {
  readonly status: ComponentStatus;
  readonly changed_at: IsoTime | null;
  readonly valid_until: IsoTime | null;
}

/** What the front page shows, from what the watchers saw and what people said. Pure: `now` is the publisher's clock. */
export function publicState({ site, incidents, observed, handSet, now }: StateInputs): PublicState {
  const open = incidents.filter((incident) => isOpenIncident(incident.status));
  const recent = incidents.filter(
    (incident) =>
      !isOpenIncident(incident.status) && Date.parse(incident.resolved_at ?? incident.updated_at) > now - RECENT_MS,
  );
  return {
    groups: site.groups.map(({ id, name }) => ({ id, name })),
    components: site.components.map((component) => publicComponent(component, open, observed, handSet, now)),
    incidents: open.toSorted(newestFirst),
    recent: recent.toSorted(newestFirst).map((incident) => ({ ...incident, updates: incident.updates.slice(0, 1) })),
  };
}

function publicComponent(
  component: SiteComponent,
  open: readonly PublicIncident[],
  observed: StateInputs['observed'],
  handSet: StateInputs['handSet'],
  now: number,
): PublicComponent {
  const seen = observed(`component:${component.id}`);
  const words = [
    observedWord(seen, component.probes.length > 0, now),
    handWord(component, handSet(component.id)),
    ...incidentWords(component.id, open),
  ].filter((word) => word !== null);
  const worst = words.length === 0 ? UNKNOWN : words.reduce(worseWord);
  const { id, name, description, group } = component;
  return { id, name, description, group, checked_at: seen?.checked_at ?? null, ...worst };
}

const UNKNOWN: Word = { status: 'unknown', changed_at: null, valid_until: null };

/** Null only where nothing is probed and nothing was seen; a probe without a live answer is unknown, which is never green. */
function observedWord(seen: Observed | undefined, probed: boolean, now: number): Word | null {
  if (seen === undefined) return probed ? UNKNOWN : null;
  const live = seen.valid_until !== null && Date.parse(seen.valid_until) > now;
  if (!live) return UNKNOWN;
  return { status: seen.status, changed_at: seen.changed_at, valid_until: seen.valid_until };
}

/** A person's word stands alone only where nothing is probed; elsewhere it can make a status worse, never better. */
function handWord(component: SiteComponent, set: HandSet | undefined): Word | null {
  if (set === undefined) return null;
  if (set.status === 'operational' && component.probes.length > 0) return null;
  return { status: set.status, changed_at: set.at, valid_until: null };
}

function incidentWords(component: string, open: readonly PublicIncident[]): readonly Word[] {
  return open.flatMap((incident) =>
    incident.components
      .filter(({ id, status }) => id === component && status !== 'operational')
      .map(({ status }) => ({ status, changed_at: incident.updated_at, valid_until: null })),
  );
}

function worseWord(a: Word, b: Word): Word {
  return COMPONENT_STATUSES.indexOf(b.status) > COMPONENT_STATUSES.indexOf(a.status) ? b : a;
}

function newestFirst(a: PublicIncident, b: PublicIncident): number {
  return Date.parse(b.started_at) - Date.parse(a.started_at) || (a.code < b.code ? -1 : 1);
}

/** The state without the times that move at every probe: what a `page` event hashes, so that only a change makes one. */
export function statedClaims(state: PublicState): PublicState {
  return {
    ...state,
    components: state.components.map((component) => ({ ...component, checked_at: null, valid_until: null })),
  };
}
