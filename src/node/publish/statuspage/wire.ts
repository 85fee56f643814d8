import type { IsoTime } from '../../../model/clock.ts';
import type { PublicPage } from '../../../model/snapshot.ts';
import type { ComponentStatus, Impact, IncidentStatus, MaintenanceStatus } from '../../../model/status.ts';

// The Statuspage API v2 as it is on the wire. Times are UTC here; `write.ts` renders them in the page's zone.

/** v2 has no word for unknown. */
export type WireStatus = Exclude<ComponentStatus, 'unknown'>;
/** v2 has no word for cancelled. */
export type WireMaintenanceStatus = Exclude<MaintenanceStatus, 'cancelled'>;

export interface WirePage extends Pick<PublicPage, 'name' | 'time_zone'> {
  /** As all ids but those of incidents: 12 characters made by `shortId`. */
  readonly id: string;
  /** Absolute, without a slash at the end. */
  readonly url: string;
  /** The newest signed word that the page rests on. */
  readonly updated_at: IsoTime;
}

export interface WireComponent {
  readonly id: string;
  readonly name: string;
  readonly status: WireStatus;
  readonly created_at: IsoTime;
  readonly updated_at: IsoTime;
  /** From 1, within its group. */
  readonly position: number;
  readonly description: string | null;
  readonly showcase: boolean;
  /** YYYY-MM-DD. */
  readonly start_date: string | null;
  readonly group_id: string | null;
  readonly page_id: string;
  readonly group: boolean;
  readonly only_show_if_degraded: boolean;
  /** Ids, and only on a group. */
  readonly components?: readonly string[];
}

/** A component's status before and after an update; `code` is its id. */
export interface WireAffected {
  readonly code: string;
  /** `Group - Component`. */
  readonly name: string;
  readonly old_status: WireStatus;
  readonly new_status: WireStatus;
}

export interface WireUpdate<Status extends string = IncidentStatus> {
  readonly id: string;
  readonly status: Status;
  readonly body: string;
  readonly incident_id: string;
  readonly created_at: IsoTime;
  readonly updated_at: IsoTime;
  readonly display_at: IsoTime;
  readonly affected_components: readonly WireAffected[] | null;
  readonly deliver_notifications: boolean;
  readonly custom_tweet: null;
  readonly tweet_id: null;
}

export interface WireIncident<Status extends string = IncidentStatus> {
  /** Its code, as in /incidents/<code>/. */
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly created_at: IsoTime;
  readonly updated_at: IsoTime;
  readonly monitoring_at: IsoTime | null;
  readonly resolved_at: IsoTime | null;
  readonly impact: Impact;
  readonly shortlink: string;
  readonly started_at: IsoTime;
  readonly page_id: string;
  /** Newest first. */
  readonly incident_updates: readonly WireUpdate<Status>[];
  readonly components: readonly WireComponent[];
}

export interface WireMaintenance extends WireIncident<WireMaintenanceStatus> {
  readonly scheduled_for: IsoTime;
  readonly scheduled_until: IsoTime;
}

export interface WireRollup {
  readonly indicator: 'none' | 'maintenance' | 'minor' | 'major' | 'critical';
  readonly description: Description;
}

export type Description =
  | 'All Systems Operational'
  | 'Service Under Maintenance'
  | 'Partially Degraded Service'
  | 'Degraded System Service'
  | 'Minor Service Outage'
  | 'Partial System Outage'
  | 'Major System Outage';

/** Everything that /api/v2 says. */
export interface WireState {
  readonly page: WirePage;
  /** By position, groups and their components interleaved. */
  readonly components: readonly WireComponent[];
  /** All of them, newest first. */
  readonly incidents: readonly WireIncident[];
  readonly scheduled_maintenances: readonly WireMaintenance[];
  readonly status: WireRollup;
}
