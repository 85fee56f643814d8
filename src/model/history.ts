import type { IsoTime } from './clock.ts';
import type { PublicFold } from './incidents.ts';
import type { PublicRecord } from './public-record.ts';
import type { PublicIncident, PublicMaintenance, PublicUpdate, Retraction } from './snapshot.ts';
import type { Impact, IncidentStatus, MaintenanceStatus } from './status.ts';

/** One incident or maintenance in the list of its month; its own file has the rest. */
export interface HistoryEntry {
  readonly code: string;
  readonly kind: 'incident' | 'maintenance';
  readonly name: string;
  readonly status: IncidentStatus | MaintenanceStatus;
  readonly impact: Impact;
  /** An incident's start; of a maintenance when it is or was planned to begin. */
  readonly started_at: IsoTime;
  readonly ended_at: IsoTime | null;
  readonly updated_at: IsoTime;
  /** Ids. */
  readonly components: readonly string[];
  /** The latest one. */
  readonly update: PublicUpdate<IncidentStatus | MaintenanceStatus> | null;
  /** Translations of the name, by BCP 47 language. */
  readonly names?: Readonly<Record<string, string>>;
  readonly retracted?: Retraction;
  /** SHA-256 (hex) of its own file, /api/lifeboat/v1/incidents/<code>.json. */
  readonly sha256: string;
}

/** /api/lifeboat/v1/history/<YYYY-MM>.json: what began in a UTC month, the newest first. */
export interface HistoryMonth {
  readonly month: string;
  readonly entries: readonly HistoryEntry[];
}

/** /api/lifeboat/v1/history.json: months that have entries, the newest first. */
export interface HistoryIndex {
  readonly months: readonly string[];
}

/**
 * The months of everything that people said, the newest first, what was taken back too. `hashOf` gives the SHA-256 (hex) of an
 * entry's own file, so that a month vouches for what it lists. Pure; ties by code.
 */
export function historyMonths(said: PublicFold, hashOf: (one: PublicRecord) => string): readonly HistoryMonth[] {
  const { incidents, maintenances, retracted } = said;
  const entries = historyEntries(
    [...incidents, ...retracted.incidents],
    [...maintenances, ...retracted.maintenances],
    hashOf,
  );
  const months = Map.groupBy(entries, ({ started_at }) => started_at.slice(0, 7));
  return [...months].map(([month, listed]) => ({ month, entries: listed }));
}

/** As a month lists them, the newest first. */
export function historyEntries(
  incidents: readonly PublicIncident[],
  maintenances: readonly PublicMaintenance[],
  hashOf: (one: PublicRecord) => string,
): readonly HistoryEntry[] {
  return [
    ...incidents.map((one) => incidentEntry(one, hashOf(one))),
    ...maintenances.map((one) => maintenanceEntry(one, hashOf(one))),
  ].toSorted(newestFirst);
}

function incidentEntry(incident: PublicIncident, sha256: string): HistoryEntry {
  const { started_at, resolved_at, components } = incident;
  return {
    kind: 'incident',
    ...common(incident, sha256),
    started_at,
    ended_at: resolved_at,
    components: components.map(({ id }) => id),
  };
}

function maintenanceEntry(maintenance: PublicMaintenance, sha256: string): HistoryEntry {
  const { scheduled_for, ended_at, components } = maintenance;
  return { kind: 'maintenance', ...common(maintenance, sha256), started_at: scheduled_for, ended_at, components };
}

function common(one: PublicRecord, sha256: string) {
  const { code, name, status, impact, updated_at, retracted } = one;
  const [latest] = one.updates;
  const names = (latest?.translations ?? []).flatMap(({ lang, name }) => (name === null ? [] : [[lang, name]]));
  return {
    code,
    name,
    status,
    impact,
    updated_at,
    update: latest === undefined ? null : withoutComponents(latest),
    ...(names.length === 0 ? {} : { names: Object.fromEntries(names) }),
    ...(retracted === undefined ? {} : { retracted }),
    sha256,
  };
}

function withoutComponents({ components: _, ...update }: PublicUpdate<HistoryEntry['status']>): HistoryEntry['update'] {
  return update;
}

export function newestFirst(a: HistoryEntry, b: HistoryEntry): number {
  if (a.started_at !== b.started_at) return a.started_at > b.started_at ? -1 : 1;
  return a.code < b.code ? -1 : 1;
}
