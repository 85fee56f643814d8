import type { IsoTime } from './clock.ts';
import type { ComponentStatus, Impact, IncidentStatus, MaintenanceStatus } from './status.ts';
import type { Uptime } from './uptime.ts';

export interface PublicComponent {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** Id of its group, or null on the top level. */
  readonly group: string | null;
  readonly status: ComponentStatus;
  /** Last probed by a watcher; null if nothing probes it. */
  readonly checked_at: IsoTime | null;
  readonly changed_at: IsoTime | null;
  /** Until when `status` may be believed (the watcher's own word, at most 15 minutes); null: as long as the snapshot. */
  readonly valid_until: IsoTime | null;
}

export interface PublicGroup {
  readonly id: string;
  readonly name: string;
}

/** A component and what an author said of it. */
export interface Affected {
  readonly id: string;
  readonly status: ComponentStatus;
}

/** The same words in another language, by the author; `name` null: the name was left as it is. */
export interface Translation {
  /** BCP 47. */
  readonly lang: string;
  readonly name: string | null;
  readonly text: string;
}

/** A text that was shown once and that a correction replaced. */
export interface EarlierText {
  readonly id: string;
  readonly text: string;
  /** When it was written. */
  readonly at: IsoTime;
}

/** Something was taken back: it stays in sight, struck, with the reason. */
export interface Retraction {
  readonly at: IsoTime;
  readonly reason: string;
}

export interface PublicUpdate<Status extends string = IncidentStatus> {
  /** Id of the signed event that said it; of a corrected one, of the correction. */
  readonly id: string;
  readonly status: Status;
  readonly text: string;
  /** When it happened, as its author dates it: when it was written, unless `written_at` says otherwise. */
  readonly at: IsoTime;
  /** BCP 47 language of `text` where the author gave it. */
  readonly lang: string | null;
  /** Only where the author dated it back (a backfill), or where it was corrected later. */
  readonly written_at?: IsoTime;
  readonly translations?: readonly Translation[];
  /** What it said of components; only in an incident's own file, never in the snapshot. */
  readonly components?: readonly Affected[];
  /** Texts that this one replaced, the newest first. */
  readonly corrected?: readonly EarlierText[];
  readonly retracted?: Retraction;
}

export interface PublicIncident {
  /** 12 characters of [0-9a-z], as in /incidents/<code>/. */
  readonly code: string;
  readonly name: string;
  readonly status: IncidentStatus;
  readonly impact: Impact;
  readonly started_at: IsoTime;
  /** When anything about it was last written, corrections and retractions included. */
  readonly updated_at: IsoTime;
  readonly resolved_at: IsoTime | null;
  readonly components: readonly Affected[];
  /** Newest first; those taken back too. */
  readonly updates: readonly PublicUpdate[];
  /** Two authors said different things at the same time, or one of them took it back; the more cautious one is shown. */
  readonly conflict: boolean;
  /** The whole incident was taken back; it decides nothing any more. */
  readonly retracted?: Retraction;
  /**
   * Every time that the whole was taken back, in display order, also where what was said at the same time or later counts; only
   * in its own file, never in the snapshot.
   */
  readonly retractions?: readonly Retraction[];
}

export interface PublicMaintenance {
  /** As of an incident; its page is /incidents/<code>/ too. */
  readonly code: string;
  readonly name: string;
  readonly status: MaintenanceStatus;
  readonly impact: Impact;
  readonly scheduled_for: IsoTime;
  readonly scheduled_until: IsoTime;
  readonly created_at: IsoTime;
  readonly updated_at: IsoTime;
  /** When its authors said that work began, and that it was completed or cancelled; null before. */
  readonly started_at: IsoTime | null;
  readonly ended_at: IsoTime | null;
  /** Ids. */
  readonly components: readonly string[];
  /** Newest first; those taken back too. */
  readonly updates: readonly PublicUpdate<MaintenanceStatus>[];
  readonly conflict: boolean;
  readonly retracted?: Retraction;
  readonly retractions?: readonly Retraction[];
}

/** How much of the state did not fit into one signed event; the mildest goes first. */
export interface LeftOut {
  readonly components: number;
  /** Maintenances are counted with them. */
  readonly incidents: number;
  /** Until when the components left out may be believed at the longest; null: as long as the snapshot. */
  readonly valid_until: IsoTime | null;
}

/** What the front page shows. */
export interface PublicState {
  readonly groups: readonly PublicGroup[];
  readonly components: readonly PublicComponent[];
  /** Open incidents, newest first. */
  readonly incidents: readonly PublicIncident[];
  /** Incidents resolved in the last 14 days, newest first, without their updates' text beyond the last. */
  readonly recent: readonly PublicIncident[];
  /** Scheduled and running, the next first; then those that ended in the last 14 days, without updates beyond the last. */
  readonly maintenances: readonly PublicMaintenance[];
  /** Only where it fits; else it stands in /api/lifeboat/v1/state.json. */
  readonly uptime?: Uptime;
  /** Only where something was left out. */
  readonly left_out?: LeftOut;
}

export interface PublicPage {
  readonly name: string;
  readonly url: string | null;
  /** BCP 47: en, pt-BR or es. */
  readonly language: string;
  /** IANA zone, e.g. Etc/UTC. */
  readonly time_zone: string;
}

/** Content of a 33915: the signed public state (DESIGN §4, §8). */
export interface Snapshot {
  readonly v: 1;
  readonly seq: number;
  readonly page: PublicPage;
  readonly generated_at: IsoTime;
  readonly valid_until: IsoTime;
  readonly state: PublicState;
  /** SHA-256 (hex) of /api/lifeboat/v1/parts.json. */
  readonly parts: string;
}
