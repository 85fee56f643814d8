import type { IsoTime } from '../../../model/clock.ts';
import { zonedTime } from '../zone-time.ts';
import type {
  WireAffected,
  WireComponent,
  WireIncident,
  WireMaintenance,
  WirePage,
  WireRollup,
  WireUpdate,
} from './wire.ts';

/** Our values in the order of keys that Statuspage has on the wire, which no JSON library changes. */
export interface Writer {
  page(page: WirePage): object;
  component(component: WireComponent): object;
  incident(incident: WireIncident): object;
  maintenance(maintenance: WireMaintenance): object;
  rollup(rollup: WireRollup): object;
}

/** Writes with the times of `zone` (IANA). */
export function wireWriter(zone: string): Writer {
  const time = (at: IsoTime) => zonedTime(at, zone);
  const timeOrNull = (at: IsoTime | null) => (at === null ? null : time(at));

  function component(one: WireComponent): object {
    return {
      id: one.id,
      name: one.name,
      status: one.status,
      created_at: time(one.created_at),
      updated_at: time(one.updated_at),
      position: one.position,
      description: one.description,
      showcase: one.showcase,
      start_date: one.start_date,
      group_id: one.group_id,
      page_id: one.page_id,
      group: one.group,
      only_show_if_degraded: one.only_show_if_degraded,
      ...(one.components === undefined ? {} : { components: one.components }),
    };
  }

  function update(one: WireUpdate<string>): object {
    return {
      id: one.id,
      status: one.status,
      body: one.body,
      incident_id: one.incident_id,
      created_at: time(one.created_at),
      updated_at: time(one.updated_at),
      display_at: time(one.display_at),
      affected_components: one.affected_components?.map(affected) ?? null,
      deliver_notifications: one.deliver_notifications,
      custom_tweet: one.custom_tweet,
      tweet_id: one.tweet_id,
    };
  }

  function incident(one: WireIncident<string>): object {
    return {
      id: one.id,
      name: one.name,
      status: one.status,
      created_at: time(one.created_at),
      updated_at: time(one.updated_at),
      monitoring_at: timeOrNull(one.monitoring_at),
      resolved_at: timeOrNull(one.resolved_at),
      impact: one.impact,
      shortlink: one.shortlink,
      started_at: time(one.started_at),
      page_id: one.page_id,
      incident_updates: one.incident_updates.map(update),
      components: one.components.map(component),
    };
  }

  return {
    page: ({ id, name, url, time_zone, updated_at }) => ({ id, name, url, time_zone, updated_at: time(updated_at) }),
    component,
    incident,
    maintenance: (one) => ({
      ...incident(one),
      scheduled_for: time(one.scheduled_for),
      scheduled_until: time(one.scheduled_until),
    }),
    rollup: ({ indicator, description }) => ({ indicator, description }),
  };
}

function affected({ code, name, old_status, new_status }: WireAffected): object {
  return { code, name, old_status, new_status };
}
