import type { IsoTime } from './clock.ts';
import type { ComponentStatus, Impact, IncidentStatus } from './status.ts';

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

export interface PublicUpdate {
  /** Id of the signed event that said it. */
  readonly id: string;
  readonly status: IncidentStatus;
  readonly text: string;
  readonly at: IsoTime;
  /** BCP 47 language of `text` where the author gave it. */
  readonly lang: string | null;
}

export interface PublicIncident {
  /** 12 characters of [0-9a-z], as in /incidents/<code>/. */
  readonly code: string;
  readonly name: string;
  readonly status: IncidentStatus;
  readonly impact: Impact;
  readonly started_at: IsoTime;
  readonly updated_at: IsoTime;
  readonly resolved_at: IsoTime | null;
  readonly components: readonly { readonly id: string; readonly status: ComponentStatus }[];
  /** Newest first. */
  readonly updates: readonly PublicUpdate[];
  /** Two authors said different things at the same time; the more cautious one is shown. */
  readonly conflict: boolean;
}

/** How much of the state did not fit into one signed event; the mildest goes first. */
export interface LeftOut {
  readonly components: number;
  readonly incidents: number;
}

/** What the front page shows. */
export interface PublicState {
  readonly groups: readonly PublicGroup[];
  readonly components: readonly PublicComponent[];
  /** Open incidents, newest first. */
  readonly incidents: readonly PublicIncident[];
  /** Incidents resolved in the last 14 days, newest first, without their updates' text beyond the last. */
  readonly recent: readonly PublicIncident[];
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
