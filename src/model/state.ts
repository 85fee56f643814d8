import type { IsoTime } from './clock.ts';
import type { Subject } from './pulse.ts';
import type { StatedComponent, StatedSite } from './site.ts';
import type { PublicComponent, PublicIncident, PublicMaintenance, PublicState, PublicUpdate } from './snapshot.ts';
import {
  COMPONENT_STATUSES,
  type ComponentStatus,
  isOpenIncident,
  isOpenMaintenance,
  isRunningMaintenance,
} from './status.ts';
import type { Uptime } from './uptime.ts';

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
  readonly site: StatedSite;
  /** Every incident of the fold, open and resolved. */
  readonly incidents: readonly PublicIncident[];
  /** Every maintenance of the fold. */
  readonly maintenances: readonly PublicMaintenance[];
  readonly uptime?: Uptime;
  readonly observed: (subject: Subject) => Observed | undefined;
  readonly handSet: (component: string) => HandSet | undefined;
  readonly now: number;
}

/** What is resolved, completed or cancelled stays on the front page for this long. */
export const RECENT_MS = 14 * 24 * 3_600_000;

interface Word {
  readonly status: ComponentStatus;
  readonly changed_at: IsoTime | null;
  readonly valid_until: IsoTime | null;
}

/** What the front page shows, from what the watchers saw and what people said. Pure: `now` is the publisher's clock. */
export function publicState(inputs: StateInputs): PublicState {
  const { site, incidents, maintenances, uptime, now } = inputs;
  const open = incidents.filter((incident) => isOpenIncident(incident.status)).toSorted(newestFirst);
  const isRecent = (time: IsoTime) => Date.parse(time) > now - RECENT_MS;
  const recent = incidents
    .filter(({ status, resolved_at, updated_at }) => !isOpenIncident(status) && isRecent(resolved_at ?? updated_at))
    .toSorted(newestFirst);
  const ahead = maintenances.filter(({ status }) => isOpenMaintenance(status)).toSorted(nextFirst);
  const ended = maintenances
    .filter(({ status, ended_at, updated_at }) => !isOpenMaintenance(status) && isRecent(ended_at ?? updated_at))
    .toSorted(nextFirst)
    .reverse();
  return {
    groups: site.groups.map(({ id, name }) => ({ id, name })),
    components: site.components.map((component) => publicComponent(component, open, ahead, inputs)),
    incidents: open.map((one) => ({ ...inShort(one), updates: one.updates.map(withoutComponents) })),
    recent: recent.map((one) => ({ ...inShort(one), updates: one.updates.slice(0, 1).map(withoutComponents) })),
    maintenances: [...ahead, ...ended.map((one) => ({ ...one, updates: one.updates.slice(0, 1) }))].map(inShort),
    ...(uptime === undefined ? {} : { uptime }),
  };
}

/** Its own file has room for all that was ever said of it; one signed event has not. */
function inShort<One extends PublicIncident | PublicMaintenance>({
  retractions: _,
  ...one
}: One): Omit<One, 'retractions'> {
  return one;
}

function withoutComponents({ components: _, ...update }: PublicUpdate): PublicUpdate {
  return update;
}

function publicComponent(
  component: StatedComponent,
  open: readonly PublicIncident[],
  ahead: readonly PublicMaintenance[],
  { observed, handSet, now }: StateInputs,
): PublicComponent {
  const seen = observed(`component:${component.id}`);
  const maintenance = maintenanceWord(component.id, ahead);
  const words = [
    excused(observedWord(seen, component.probed, now), maintenance, now),
    handWord(handSet(component.id)),
    maintenance?.word ?? null,
    ...incidentWords(component.id, open),
  ].filter((word) => word !== null);
  const worst = words.length === 0 ? UNKNOWN : words.reduce(worseWord);
  const { id, name, description, group } = component;
  return { id, name, description, group, checked_at: seen?.checked_at ?? null, ...worst };
}

interface Work {
  readonly word: Word;
  /** Last planned minute, in Unix ms. */
  readonly until: number;
}

/** The running maintenance of a component, if there is one; of several the one that ends last. */
function maintenanceWord(component: string, ahead: readonly PublicMaintenance[]): Work | undefined {
  const running = ahead.filter(
    ({ status, components }) => isRunningMaintenance(status) && components.includes(component),
  );
  const last = running.toSorted((a, b) => Date.parse(b.scheduled_until) - Date.parse(a.scheduled_until))[0];
  if (last === undefined) return undefined;
  const word: Word = { status: 'under_maintenance', changed_at: last.started_at ?? last.updated_at, valid_until: null };
  return { word, until: Date.parse(last.scheduled_until) };
}

/** That a part under maintenance does not answer is what was announced, until the announced end; then it is an outage. */
function excused(observed: Word | null, work: Work | undefined, now: number): Word | null {
  return work !== undefined && now <= work.until ? null : observed;
}

const UNKNOWN: Word = { status: 'unknown', changed_at: null, valid_until: null };

/** Null only where nothing is probed and nothing was seen; a probe without a live answer is unknown, which is never green. */
function observedWord(seen: Observed | undefined, probed: boolean, now: number): Word | null {
  if (seen === undefined) return probed ? UNKNOWN : null;
  const live = seen.valid_until !== null && Date.parse(seen.valid_until) > now;
  if (!live) return UNKNOWN;
  return { status: seen.status, changed_at: seen.changed_at, valid_until: seen.valid_until };
}

function handWord(set: HandSet | undefined): Word | null {
  return set === undefined ? null : { status: set.status, changed_at: set.at, valid_until: null };
}

function incidentWords(component: string, open: readonly PublicIncident[]): readonly Word[] {
  return open.flatMap((incident) =>
    incident.components
      .filter(({ id, status }) => id === component && status !== 'operational')
      .map(({ status }) => ({ status, changed_at: incident.updated_at, valid_until: null })),
  );
}

/**
 * Of two alike the first, the watchers', because that one runs out. So a person's word stands alone only where nothing is probed;
 * elsewhere it makes a status worse, never better and never longer.
 */
function worseWord(a: Word, b: Word): Word {
  return COMPONENT_STATUSES.indexOf(b.status) > COMPONENT_STATUSES.indexOf(a.status) ? b : a;
}

function newestFirst(a: PublicIncident, b: PublicIncident): number {
  return Date.parse(b.started_at) - Date.parse(a.started_at) || (a.code < b.code ? -1 : 1);
}

/** The next one to begin first. */
function nextFirst(a: PublicMaintenance, b: PublicMaintenance): number {
  return Date.parse(a.scheduled_for) - Date.parse(b.scheduled_for) || (a.code < b.code ? -1 : 1);
}

/** The state without the times that move at every probe: what a `page` event hashes, so that only a change makes one. */
export function statedClaims(state: PublicState): PublicState {
  return {
    ...state,
    components: state.components.map((component) => ({ ...component, checked_at: null, valid_until: null })),
    ...(state.left_out === undefined ? {} : { left_out: { ...state.left_out, valid_until: null } }),
  };
}
