import { isoTime } from '../../model/clock.ts';
import { type Health, UNTRIED } from '../../model/hysteresis.ts';
import type { Observation, Subject } from '../../model/pulse.ts';
import type { Probe, Site } from '../../model/site.ts';
import { worstStatus } from '../../model/status.ts';

/** A component or vendor and what is probed of it. */
export interface Watched {
  readonly subject: Subject;
  readonly probes: readonly Probe[];
}

/** Everything of `site` that has a probe. */
export function watchedOf(site: Site): Watched[] {
  const all: Watched[] = [
    ...site.components.map(({ id, probes }): Watched => ({ subject: `component:${id}`, probes })),
    ...site.vendors.map(({ id, probes }): Watched => ({ subject: `vendor:${id}`, probes })),
  ];
  return all.filter(({ probes }) => probes.length > 0);
}

/** What is said before anything was tried. */
export function nothingSeen(subject: Subject): Observation {
  return { subject, status: 'unknown', checked_at: null, changed_at: null, detail: null };
}

/**
 * What the probes of a subject say together: the worst of them. A probe that has not run for three of its intervals says
 * nothing any more. `before` is what was said last; `now` in milliseconds.
 */
export function observe(
  before: Observation,
  probes: readonly { readonly probe: Probe; readonly health: Health }[],
  now: number,
): Observation {
  const healths = probes.map(({ probe, health }) => (isStale(health, probe, now) ? UNTRIED : health));
  const status = worstStatus(healths.map((health) => health.status));
  const speakers = healths.filter((health) => health.status === status);
  const checks = speakers.flatMap((health) => health.checked ?? []);
  // Green rests on every probe, so it is as old as the oldest; trouble is as new as its newest sign.
  const checked = status === 'operational' ? Math.min(...checks) : Math.max(...checks);
  return {
    subject: before.subject,
    status,
    // What could not be tried was not checked.
    checked_at: status !== 'unknown' && Number.isFinite(checked) ? isoTime(checked) : before.checked_at,
    changed_at: status === before.status ? before.changed_at : isoTime(now),
    detail: speakers.find((health) => health.detail !== null)?.detail ?? null,
  };
}

function isStale(health: Health, probe: Probe, now: number): boolean {
  return health.checked !== null && now - health.checked > 3 * probe.every_ms + probe.deadline_ms;
}
